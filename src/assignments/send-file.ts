import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Tx } from '../platform/database/sql.js';
import type { Files } from '../platform/files/files.js';
import type { SubmittedFile } from './submission.js';

/**
 * Hands out what somebody uploaded: to be saved, never to be opened by the browser on our pages, and if it is opened
 * all the same, without scripts and without our origin.
 */
export function sendFile(reply: FastifyReply, files: Files, tx: Tx, file: SubmittedFile, name: string): FastifyReply {
  return reply
    .header('content-type', file.mediaType)
    .header('content-length', String(file.size))
    .header('content-disposition', attachment(name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'private, no-store')
    .send(Readable.from(files.read(tx, file.id)));
}

/** RFC 6266: a plain name for old clients, the real one beside it. */
function attachment(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').replace(/[^A-Za-z0-9._ -]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
