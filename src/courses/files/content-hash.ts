import { createHash } from 'node:crypto';

/**
 * One hash for a set of files: names and contents, in the order of the names. Line ends do not count, since an
 * editor or a checkout may turn them round without anybody having written anything.
 */
export function hashOf(files: readonly { name: string; body: Buffer }[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const body = /\.(md|yaml|svg)$/.test(file.name)
      ? Buffer.from(file.body.toString('utf8').replace(/\r\n/g, '\n'), 'utf8') : file.body;
    hash.update(`${file.name}\n${body.length}\n`).update(body);
  }
  return hash.digest('hex');
}
