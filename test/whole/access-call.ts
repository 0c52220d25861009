import type { Caller, Ground } from './access-ground.js';

/** What a route is called with: the parameters of its address, a query, fields of a form or a body, a file. */
export interface Call {
  params?: Record<string, string | number>;
  query?: Record<string, string | number>;
  body?: Record<string, unknown>;
  /** Lines of a CSV file, sent as `file` of a multipart form along with the body. */
  file?: string;
}

export interface Answer {
  status: number;
  location: string;
  type: string;
  text: string;
  json<T>(): T;
}

export interface Way { lang?: 'vi' | 'en'; withoutFormToken?: boolean }

export const isApi = (path: string): boolean => path.startsWith('/api/');

/** The address of a route as a call names its things. */
export function pathOf(pattern: string, call: Call): string {
  const path = pattern.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(call.params?.[name] ?? `no-${name}`)));
  const asked = Object.entries(call.query ?? {}).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams(asked).toString();
  return query ? `${path}?${query}` : path;
}

/** Sends one request: a page as a browser with its cookies and the form's token, the API as a program with a token. */
export async function send(
  ground: Ground, route: { method: string; path: string }, caller: Caller, call: Call, way: Way = {},
): Promise<Answer> {
  const url = pathOf(route.path, call);
  const byProgram = isApi(route.path) && !way.withoutFormToken;
  const headers: Record<string, string> = {};
  if (byProgram && caller.token) headers.authorization = `Bearer ${caller.token}`;
  if (!byProgram) {
    const cookies = [caller.token && `lt_access=${caller.token}`, `lt_csrf=${caller.seed}`, `lt_lang=${way.lang ?? 'vi'}`];
    headers.cookie = cookies.filter(Boolean).join('; ');
  }
  if (way.withoutFormToken) headers.accept = 'application/json';
  const writes = route.method !== 'GET';
  const fields = { ...(byProgram || way.withoutFormToken ? {} : { _csrf: caller.csrf }), ...call.body };
  const { type, payload } = call.file !== undefined ? multipart(fields, call.file)
    : isApi(route.path) ? json(call.body ?? {}) : form(fields);
  const answer = await ground.test.app.inject({
    method: route.method as 'GET', url,
    headers: { ...headers, ...(writes ? { 'content-type': type } : {}) }, ...(writes ? { payload } : {}),
  });
  return {
    status: answer.statusCode, location: String(answer.headers.location ?? ''),
    type: String(answer.headers['content-type'] ?? ''),
    text: answer.payload, json: <T>() => answer.json<T>(),
  };
}

const json = (body: unknown) => ({ type: 'application/json', payload: JSON.stringify(body) });

function form(fields: Record<string, unknown>) {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return { type: 'application/x-www-form-urlencoded', payload: new URLSearchParams(pairs).toString() };
}

function multipart(fields: Record<string, unknown>, file: string) {
  const edge = 'ranh-gioi-cua-bieu-mau';
  const part = (about: string, content: string) => `--${edge}\r\ncontent-disposition: form-data; ${about}\r\n\r\n${content}\r\n`;
  const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, String(value)));
  parts.push(part('name="file"; filename="tep.csv"\r\ncontent-type: text/csv', file));
  return { type: `multipart/form-data; boundary=${edge}`, payload: `${parts.join('')}--${edge}--\r\n` };
}
