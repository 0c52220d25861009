import { z } from 'zod';
import { readCivilDate } from '../../rules/civil-date.js';
import { tidy } from '../../rules/names.js';
import { badFields, type Problem } from '../errors.js';

/** Pieces of which request shapes are made. Messages are codes; their sentences stand in texts/<lang>/errors.json. */
const CODE = /^[a-z][a-z0-9-]*$/;

/** A line of text, tidied. Required unless `.optional()` is added by `optionalLine`. */
export const line = (max = 200) => z.string('required').transform(tidy)
  .pipe(z.string().min(1, 'required').max(max, 'too-long'));

export const optionalLine = (max = 200) => z.string().optional().transform((value) => (value ? tidy(value) : undefined))
  .pipe(z.string().max(max, 'too-long').optional()).transform((value) => value || undefined);

/** Several lines, kept as typed but for the ends and the newline style. */
export const paragraphs = (max = 20_000) => z.string('required')
  .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').replaceAll('\0', '').trim())
  .pipe(z.string().min(1, 'required').max(max, 'too-long'));

/** `YYYY-MM-DD` from a date field or the API, `dd/mm/yyyy` where typed by hand. */
export const civilDate = () => z.string('required').transform((value, context) => {
  const date = readCivilDate(value);
  if (date === null) {
    context.addIssue({ code: 'custom', message: value.trim() === '' ? 'required' : 'not-a-date' });
    return z.NEVER;
  }
  return date;
});

export const optionalDate = () => z.string().optional().transform((value, context) => {
  if (!value?.trim()) return undefined;
  const date = readCivilDate(value);
  if (date === null) {
    context.addIssue({ code: 'custom', message: 'not-a-date' });
    return z.NEVER;
  }
  return date;
});

/** A positive whole number that names a row. */
export const id = () => z.coerce.number('not-found').int('not-found').positive('not-found').max(Number.MAX_SAFE_INTEGER);

/** A field that may come once or several times, as forms send it. */
export const many = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(item).max(5_000, 'too-many'));

/** A box that is ticked or not. */
export const tick = () => z.union([z.boolean(), z.string()]).optional().transform((value) => value === true
  || (typeof value === 'string' && !['', 'off', 'false', '0'].includes(value)));

/**
 * Reads a body or a query. @throws Refusal `form-invalid` naming every field that is wrong, not the first only
 */
export function readForm<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input ?? {});
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue): Problem => ({
    field: issue.path.join('.') || undefined,
    code: CODE.test(issue.message) ? issue.message : issue.code === 'invalid_type' ? 'required' : 'invalid',
    params: 'maximum' in issue ? { max: Number(issue.maximum) } : 'minimum' in issue ? { min: Number(issue.minimum) } : {},
  }));
  throw badFields(problems);
}
