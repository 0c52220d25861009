/** Numbers and codes of certificates. */

// Crockford's base 32: no I, L, O, U, so that a code read aloud or copied by hand arrives.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `LT-2026-004417`: the year of issue and a running number that is never used twice. */
export function certificateNumber(year: number, running: number): string {
  return `LT-${year}-${String(running).padStart(6, '0')}`;
}

/** Twelve letters from random bytes (60 bits): `7K3M-Q9TD-04WX`. Cannot be guessed from another. */
export function verifyCode(bytes: Uint8Array): string {
  const letters = Array.from(bytes.slice(0, 12), (byte) => LETTERS[byte % 32]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as typed: small letters, missing dashes, O for 0, I and L for 1. null when it cannot be one. */
export function readVerifyCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{12}$/.test(letters)) return null;
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

export type CertificateState = 'valid' | 'expired' | 'superseded' | 'revoked';

/** The state on a day. Revoked outweighs everything, then superseded, then expired. */
export function certificateState(
  certificate: { revoked: boolean; superseded: boolean; validTo: string },
  today: string,
): CertificateState {
  if (certificate.revoked) return 'revoked';
  if (certificate.superseded) return 'superseded';
  return certificate.validTo <= today ? 'expired' : 'valid';
}
