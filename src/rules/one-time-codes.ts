/**
 * Codes that are printed, cut out, carried to somebody and typed: ten letters of Crockford's alphabet (50 bits), which
 * has no I, L, O, U, shown as `XXXXX-XXXXX`. Whatever is typed instead of a look-alike is understood.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LETTERS = 10;

/** A code from ten random bytes; each byte gives five bits, evenly. */
export function codeFrom(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, CODE_LETTERS), (byte) => ALPHABET[byte & 31]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** What was typed, as it was printed: capitals, one hyphen, look-alikes put right. null when it cannot be a code. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s\p{Pd}.]/gu, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (letters.length !== CODE_LETTERS || [...letters].some((letter) => !ALPHABET.includes(letter))) return null;
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}
