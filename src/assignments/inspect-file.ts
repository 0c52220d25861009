import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { badField, Refusal } from '../platform/errors.js';
import type { Upload } from '../platform/http/uploads.js';
import { endingOf, isFileKind, showKinds, type FileKind } from './file-kinds.js';
import { inspectOfficeFile } from './inspect-office-file.js';

/** Signatures stand at the beginning. A short sample also bounds what the detector can be made to unpack. */
const SAMPLE = 4100;

/**
 * What an uploaded file is, by its bytes. The name decides only between kinds that look alike: sound and film in the
 * same container, and plain text, which has no signature.
 * @throws Refusal on the field: `file-kind-refused`, `file-with-macros`, `file-unpacks-too-large` or `file-damaged`
 */
export async function inspectFile(upload: Upload, allowed: readonly string[]): Promise<FileKind> {
  const kind = await kindOf(upload).catch((error: unknown) => {
    throw error instanceof Refusal && error.problems.length === 0 ? badField(upload.field, error.code) : error;
  });
  if (!kind || !allowed.includes(kind)) throw badField(upload.field, 'file-kind-refused', { kinds: showKinds(allowed) });
  return kind;
}

async function kindOf(upload: Upload): Promise<FileKind | null> {
  const sample = await beginningOf(upload.path);
  const ending = endingOf(upload.name);
  if (sample.subarray(0, 2).toString('latin1') === 'PK') return inspectOfficeFile(upload.path, upload.size);
  // What the detector cannot read to its end is nothing we know.
  const found = (await fileTypeFromBuffer(sample).catch(() => undefined))?.ext;
  // Voice recorders of phones write sound under the general marks of the container.
  if (found === 'm4a' || found === 'mp4' || found === '3gp') return ending === 'm4a' || found === 'm4a' ? 'm4a' : 'mp4';
  if (found !== undefined) return isFileKind(found) && found !== 'txt' ? found : null;
  return ending === 'txt' && await isPlainText(upload.path) ? 'txt' : null;
}

/** UTF-8 without control characters, to the very end. */
async function isPlainText(path: string): Promise<boolean> {
  const file = await open(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const piece = chunk as Buffer;
      if (piece.some((byte) => byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d))) return false;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  } finally {
    await file.close();
  }
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
