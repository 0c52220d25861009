import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const PREFIX = '/api/v1/';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The description of the JSON API (OpenAPI 3.1), made from the decorators of the routes themselves. */
@Injectable()
export class OpenApi {
  private app?: INestApplication;
  private made?: OpenAPIObject;

  /** Called once by the set-up: only the whole application knows all its routes. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    if (!this.app) throw new Error('The API was asked for its description before the set-up gave it one.');
    this.made ??= onlyApi(SwaggerModule.createDocument(this.app, frame()));
    return this.made;
  }
}

function frame(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lan Tỏa')
    .setDescription('Training for Decision 1169/QĐ-TTg. Errors are application/problem+json with a stable code. '
      + 'Lists are paged by cursor: {items, next}. Dates are YYYY-MM-DD, in Viet Nam.')
    .setVersion('1')
    .addBearerAuth()
    .build();
}

/** Pages are for people and not part of the contract. Each route is filed under the first word of its path. */
function onlyApi(document: OpenAPIObject): OpenAPIObject {
  const paths: OpenAPIObject['paths'] = {};
  for (const path of Object.keys(document.paths).filter((candidate) => candidate.startsWith(PREFIX)).sort()) {
    const item = { ...document.paths[path] };
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) item[method] = filed(operation, method, path);
    }
    paths[path] = item;
  }
  const tags = [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name }));
  return { ...document, paths, tags };
}

const tagOf = (path: string) => path.slice(PREFIX.length).split('/')[0] ?? '';

/** A name that stays the same as long as the route does, whatever the handler is called. */
function filed(operation: Operation, method: string, path: string): Operation {
  const words = path.slice(PREFIX.length).replace(/[{}]/g, '').split(/[^A-Za-z0-9]+/).filter(Boolean);
  return { ...operation, tags: [tagOf(path)], operationId: [method, ...words].join('-') };
}
