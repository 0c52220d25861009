import supertest from 'supertest';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { listRoutes } from '../../src/platform/access/routes.js';
import { outlineOf } from '../../src/web/api-docs.page.js';

let test: TestApp;
beforeAll(async () => { test = await createTestApp(); });
afterAll(() => test.close());

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; summary?: string; tags: string[] }>>;
}
const get = (path: string) => supertest(test.app.getHttpServer()).get(path);

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and names every route of the API and nothing else', async () => {
    const answer = await get('/api/openapi.json');
    expect(answer.status).toBe(200);
    const document = answer.body as Document;
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
    const routes = listRoutes(test.app).filter((route) => route.path.startsWith('/api/v1/'))
      .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual([...new Set(routes)].sort());
  });

  it('says of each route what it does, under a name of its own', async () => {
    const document = (await get('/api/openapi.json')).body as Document;
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(operations.filter((operation) => !operation.summary).map((operation) => operation.operationId)).toEqual([]);
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
  });

  it('can be read as a page, with an address for each operation, in both languages', async () => {
    const document = (await get('/api/openapi.json')).body as Document;
    const page = await get('/api/docs');
    expect(page.status).toBe(200);
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item)) {
        expect(page.text).toContain(`<article class="card section operation" id="${operation.operationId}">`);
        expect(page.text).toContain(`<a href="#${operation.operationId}">`);
      }
    }
    expect(page.text).toContain('Giao diện lập trình (API)');
    expect((await get('/api/docs').set('cookie', 'lt_lang=en')).text).toContain('Programming interface (API)');
  });
});

describe('the outline of a schema', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'date' }, 'string (date)'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: 'all' }, '"all"'],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'array', items: { type: 'number', description: 'of 45 minutes' } }, '[number  // of 45 minutes]'],
    [{ type: 'object', properties: { a: { type: 'string' }, b: { type: 'object', properties: { c: { type: 'number' } } } }, required: ['a'] },
      '{\n  a: string\n  b?: {\n    c?: number\n  }\n}'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key]: number }'],
    [undefined, 'any'],
    [{}, 'any'],
  ])('%j', (schema, outline) => expect(outlineOf(schema)).toBe(outline));
});
