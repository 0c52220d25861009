import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type SchemaObject = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

/** What the OpenAPI document says of a route: made from the very schemas that read the request. */
export interface ApiDescription {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  /** Path parameters and what they are. */
  params?: Record<string, string>;
  answer?: z.ZodType;
  status?: number;
  produces?: string[];
  /** A multipart upload with these fields. */
  upload?: Record<string, string>;
  open?: boolean;
}

export const problemSchema = z.object({
  type: z.string(), title: z.string(), status: z.number(), code: z.string(),
  errors: z.array(z.object({ field: z.string().optional(), code: z.string(), detail: z.string() })).optional(),
});

export function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): SchemaObject {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json as SchemaObject;
}

/** Documents a route of the JSON API. */
export function Api(description: ApiDescription): MethodDecorator {
  const parts: MethodDecorator[] = [ApiOperation({ summary: description.summary })];
  if (!description.open) parts.push(ApiBearerAuth());
  for (const [name, text] of Object.entries(description.params ?? {})) {
    parts.push(ApiParam({ name, description: text, schema: { type: 'string' } }));
  }
  for (const [name, field] of Object.entries(description.query?.shape ?? {})) {
    const schema = field as z.ZodType;
    parts.push(ApiQuery({ name, required: !schema.safeParse(undefined).success, schema: schemaOf(schema) }));
  }
  if (description.body) parts.push(ApiBody({ schema: schemaOf(description.body) }));
  if (description.upload) {
    const properties = Object.fromEntries(Object.entries(description.upload).map(([name, text]) => [name,
      name === 'file' ? { type: 'string', format: 'binary', description: text } : { type: 'string', description: text }]));
    parts.push(ApiConsumes('multipart/form-data'), ApiBody({ schema: { type: 'object', properties } }));
  }
  if (description.produces) parts.push(ApiProduces(...description.produces));
  parts.push(ApiResponse({
    status: description.status ?? 200, description: 'Done',
    ...(description.answer ? { schema: schemaOf(description.answer, 'output') } : {}),
  }));
  parts.push(ApiResponse({
    status: 'default', description: 'Refused: a stable code with its sentence',
    content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } },
  }));
  return applyDecorators(...parts);
}
