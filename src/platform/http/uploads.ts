import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badField, Refusal } from '../errors.js';

/** A file that was received to disk; it is gone when the answer has been sent. */
export interface Upload {
  field: string;
  name: string;
  /** As the sender claims. Never trusted: inspect the bytes. */
  claimedType: string;
  path: string;
  size: number;
  sha256: string;
}

export const MEGABYTE = 1024 * 1024;
export const LARGEST_UPLOAD = 50 * MEGABYTE;

declare module 'fastify' {
  interface FastifyRequest {
    uploads: Upload[];
    uploadFolder?: string;
  }
}

/** Receives multipart forms: fields into request.body as in any form, files to a temporary folder. */
export async function acceptUploads(server: FastifyInstance): Promise<void> {
  server.decorateRequest('uploads');
  server.addHook('onRequest', (request, _reply, done) => {
    request.uploads = [];
    const isMultipart = (request.headers['content-type'] ?? '').startsWith('multipart/');
    // Nobody who is not signed in may make us write to disk.
    const { lt_access: access, lt_refresh: refresh } = request.cookies;
    if (isMultipart && !access && !refresh && !request.headers.authorization) {
      done(new Refusal(401, 'sign-in-needed'));
      return;
    }
    done();
  });
  await server.register(multipart, {
    attachFieldsToBody: 'keyValues',
    // What is too large is refused by the form that asked for it, which keeps what was typed.
    throwFileSizeLimit: false,
    limits: { fileSize: LARGEST_UPLOAD, files: 1, fields: 40, fieldSize: MEGABYTE, parts: 42 },
    async onFile(this: FastifyRequest, part: MultipartFile) {
      this.uploadFolder ??= await mkdtemp(join(tmpdir(), 'lan-toa-'));
      const path = join(this.uploadFolder, randomUUID());
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of createReadStream(path)) {
        hash.update(chunk as Buffer);
        size += (chunk as Buffer).length;
      }
      if (part.file.truncated) size = LARGEST_UPLOAD + 1;
      // A field in which no file was chosen comes without a name; an empty file has one, and is told to its owner.
      if (size > 0 || part.filename) {
        this.uploads.push({
          field: part.fieldname, name: safeName(part.filename), claimedType: part.mimetype, path, size, sha256: hash.digest('hex'),
        });
      }
    },
  });
  const clear = async (request: FastifyRequest) => {
    if (request.uploadFolder) await rm(request.uploadFolder, { recursive: true, force: true });
  };
  server.addHook('onResponse', clear);
  server.addHook('onRequestAbort', clear);
}

/** The uploaded file of a field. @throws Refusal when there is none, it is empty or larger than allowed */
export function uploadOf(request: FastifyRequest, field: string, largest = LARGEST_UPLOAD): Upload {
  const upload = findUpload(request, field, largest);
  if (!upload) throw badField(field, 'file-missing');
  return upload;
}

export function findUpload(request: FastifyRequest, field: string, largest = LARGEST_UPLOAD): Upload | null {
  const upload = request.uploads.find((candidate) => candidate.field === field) ?? null;
  if (upload?.size === 0) throw badField(field, 'file-missing');
  if (upload && upload.size > largest) throw badField(field, 'file-too-large', { megabytes: largest / MEGABYTE });
  return upload;
}

/** A name fit to be shown and offered for download again: no folders, no control characters, at most 120 letters. */
function safeName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).pop() ?? '';
  return base.replace(/[\p{C}<>:"|?*]/gu, '').slice(-120) || 'file';
}
