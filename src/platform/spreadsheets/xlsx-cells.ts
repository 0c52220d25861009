import { addDays } from '../../rules/civil-date.js';

export interface CellStyle {
  /** The number is a count of days. */
  date: boolean;
  /** A format of zeros only (`000000000000`) shows leading zeros that the number itself does not have. */
  zeros: number;
}

/** The numbers of Excel's own formats that show a day (ECMA-376 part 1, 18.8.30); the time-only ones are left out. */
export const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Whether a format code shows a day: it names days or years outside quotes, colours and locales. */
export function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  return /[dy]/i.test(bare) && !/[#0?]/.test(bare);
}

/** What a cell of a sheet says, as text. */
export function cellText(
  type: string, raw: string, style: CellStyle | undefined, strings: readonly string[], from1904: boolean,
): string {
  if (type === 's') return unescape(strings[Number(raw)] ?? '').trim();
  if (type === 'inlineStr' || type === 'str') return unescape(raw).trim();
  if (type === 'b') return raw.trim() === '1' ? 'TRUE' : 'FALSE';
  const value = raw.trim();
  if (type === 'd') return value.slice(0, 10);
  if (value === '') return '';
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (style?.date && number >= 1) return dateOf(number, from1904);
  const text =
    Number.isInteger(number) && Math.abs(number) < Number.MAX_SAFE_INTEGER ? BigInt(number).toString() : String(number);
  return style?.zeros && number >= 0 ? text.padStart(style.zeros, '0') : text;
}

/** Excel counts days from the last day of 1899 and believes in a 29 February 1900, so the early ones are one off. */
function dateOf(serial: number, from1904: boolean): string {
  const days = Math.floor(serial);
  if (from1904) return addDays('1904-01-01', days);
  return addDays(days < 60 ? '1899-12-31' : '1899-12-30', days);
}

/** Control characters are written `_x000D_` inside texts. */
const unescape = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
