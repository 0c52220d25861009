// The floor: a bare HTTP server that runs given statements with pg and sends given bytes. One variant after another, so
// that a save that alternates is a save each time here too.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { Statement } from './recorder.js';

export interface Variant { statements: Statement[]; headers: Record<string, string>; body: string }

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
let variants: { statements: Statement[]; headers: Record<string, string>; body: Buffer }[] = [];
let turn = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => void answer().then(({ headers, body }) => response.writeHead(200, headers).end(body), (error: Error) =>
    response.writeHead(500).end(error.message)));
});

async function answer() {
  const variant = variants[turn++ % variants.length];
  if (!variant) throw new Error('No variant was given.');
  const client = await pool.connect();
  try {
    for (const statement of variant.statements) await client.query(statement);
  } finally {
    client.release();
  }
  return variant;
}

process.on('message', (message: { variants: Variant[] }) => {
  variants = message.variants.map((variant) => ({ ...variant, body: Buffer.from(variant.body, 'base64') }));
  turn = 0;
  process.send?.({ ready: true });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
