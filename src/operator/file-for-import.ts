import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** A file of this machine as the imports take it: the same shape as one that was uploaded. */
export async function fileForImport(path: string): Promise<{ path: string; name: string; size: number; sha256: string }> {
  const { size } = await stat(path);
  return { path, name: basename(path), size, sha256: createHash('sha256').update(await readFile(path)).digest('hex') };
}
