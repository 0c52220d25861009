/**
 * Where the next page of a list begins: the sort key of the last row, packed so that nobody builds it by hand. A cursor
 * that cannot be read begins the list anew, as an old bookmark should.
 */
export function writeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key of a cursor when it has the shape expected (`'s'` a text, `'n'` a whole number), else undefined. */
export function readCursor<K extends (string | number)[]>(cursor: string | undefined, shape: string): K | undefined {
  if (!cursor) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(key) || key.length !== shape.length) return undefined;
    const right = key.every((part, index) => (shape[index] === 'n' ? Number.isSafeInteger(part) : typeof part === 'string'));
    return right ? (key as K) : undefined;
  } catch {
    return undefined;
  }
}
