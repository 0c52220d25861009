import type { OpenAPIObject } from '@nestjs/swagger';

/** One operation, ready to be read. */
interface ShownOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** Open to anybody, without a token. */
  open: boolean;
  parameters: { name: string; where: string; required: boolean; type: string; text: string }[];
  body: { mediaType: string; outline: string } | null;
  answers: { status: string; mediaType: string; outline: string }[];
}

type Schema = Record<string, unknown>;
type Content = Record<string, { schema?: unknown }>;

/** The OpenAPI document as chapters of operations. */
export function apiDocsPage(document: OpenAPIObject): { tag: string; operations: ShownOperation[] }[] {
  const groups = new Map<string, ShownOperation[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? '';
      groups.set(tag, [...(groups.get(tag) ?? []), {
        id: operation.operationId ?? `${method} ${path}`,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        open: (operation.security ?? []).length === 0,
        parameters: (operation.parameters ?? []).flatMap((parameter) => ('$ref' in parameter ? [] : [{
          name: parameter.name, where: parameter.in, required: parameter.required ?? false,
          type: outlineOf(parameter.schema), text: parameter.description ?? '',
        }])),
        body: operation.requestBody && 'content' in operation.requestBody
          ? firstOf(operation.requestBody.content) : null,
        answers: Object.entries(operation.responses).filter(([key]) => key !== 'default').map(([status, answer]) => {
          const shown = answer && 'content' in answer ? firstOf(answer.content) : null;
          return { status, mediaType: shown?.mediaType ?? '', outline: shown?.outline ?? '' };
        }),
      }]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

function firstOf(content: Content | undefined): { mediaType: string; outline: string } | null {
  const [entry] = Object.entries(content ?? {});
  return entry ? { mediaType: entry[0], outline: outlineOf(entry[1].schema) } : null;
}

/** A JSON schema in the shape of the JSON it describes; `?` marks what may be absent. */
export function outlineOf(schema: unknown, indent = ''): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const { type, properties, items, enum: values, const: value, required, format, description, ...more } =
    schema as Schema & { required?: string[] };
  const remark = typeof description === 'string' ? `  // ${description}` : '';
  if (value !== undefined) return JSON.stringify(value);
  if (Array.isArray(values)) return values.map((one) => JSON.stringify(one)).join(' | ');
  const branches = more.anyOf ?? more.oneOf;
  if (Array.isArray(branches)) {
    return [...new Set(branches.map((branch) => outlineOf(branch, indent)))].join(' | ') + remark;
  }
  if (type === 'array') return `[${outlineOf(items, indent)}]`;
  if (type === 'object' && properties) {
    const inner = `${indent}  `;
    const lines = Object.entries(properties as Record<string, Schema>).map(([name, property]) =>
      `${inner}${name}${required?.includes(name) ? '' : '?'}: ${outlineOf(property, inner)}`);
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  if (type === 'object' && typeof more.additionalProperties === 'object') {
    return `{ [key]: ${outlineOf(more.additionalProperties, indent)} }`;
  }
  const named = Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : 'any';
  return `${named}${typeof format === 'string' ? ` (${format})` : ''}${remark}`;
}
