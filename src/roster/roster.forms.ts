import { z } from 'zod';
import { civilDate, optionalDate, optionalLine, line, paragraphs, tick } from '../platform/http/forms.js';
import { TARGET_GROUPS } from '../rules/target-groups.js';
import { MEASURES } from './declare-headcount.js';

export const OUTCOMES = ['new', 'changed', 'unchanged', 'leaving', 'duplicate', 'error'] as const;

const oneOf = <T extends string>(values: readonly T[]) =>
  z
    .string()
    .optional()
    .transform((value) => value || undefined)
    .pipe(z.enum(values as [T, ...T[]], 'choice-unknown').optional());
const pageSize = (most: number, usual: number) =>
  z.coerce.number('invalid').int('invalid').min(1, 'too-small').max(most, 'too-large').default(usual);
const group = z.enum(TARGET_GROUPS, 'choice-unknown');

export const rosterFilter = z.object({
  agency: optionalLine(40),
  asOf: optionalDate(),
  group: oneOf(TARGET_GROUPS),
  q: optionalLine(100),
});
export const rosterQuery = rosterFilter.extend({ cursor: z.string().max(1_000).optional(), limit: pageSize(200, 50) });

export const rosterAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.number(),
      postId: z.number(),
      fullName: z.string(),
      birthDate: z.string().nullable(),
      staffCode: z.string().nullable(),
      agencyCode: z.string(),
      agency: z.string(),
      positionTitle: z.string(),
      group,
      onLeave: z.boolean(),
      from: z.string(),
      to: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});

export const importForm = z.object({
  agency: line(40),
  mode: z.enum(['update', 'complete'], 'choice-unknown').default('update'),
});
export const importRowsQuery = z.object({
  outcome: oneOf(OUTCOMES),
  cursor: z.string().max(500).optional(),
  limit: pageSize(500, 50),
});

export const decisionsForm = z.object({
  decisions: z.array(z.object({
    line: z.number().int(), person: z.union([z.number().int().positive(), z.enum(['new', 'skip'])]),
  })).min(1, 'required').max(500, 'too-many'),
});

const counts = z.object({
  new: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  leaving: z.number(),
  duplicate: z.number(),
  error: z.number(),
});
export const importAnswer = z.object({
  id: z.number(),
  agency: z.string(),
  mode: z.enum(['update', 'complete']),
  status: z.enum(['previewed', 'confirmed', 'discarded']),
  counts,
  rows: z.array(
    z.object({
      line: z.number().nullable(),
      outcome: z.enum(OUTCOMES),
      fullName: z.string(),
      agencyCode: z.string(),
      positionTitle: z.string(),
      group: group.nullable(),
      staffCode: z.string(),
      birthDate: z.string().nullable(),
      nationalIdTail: z.string().nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
      problems: z.array(z.object({ column: z.string().optional(), code: z.string(), detail: z.string() })),
      candidates: z.array(
        z.object({ personId: z.number(), fullName: z.string(), birthDate: z.string().nullable(), post: z.string() }),
      ),
    }),
  ),
  next: z.string().nullable(),
});
export const confirmedAnswer = z.object({ id: z.number(), status: z.literal('confirmed'), counts });

export const personForm = z.object({
  full_name: z.string().default(''),
  national_id: z.string().default(''),
  birth_date: z.string().default(''),
  email: z.string().default(''),
  phone: z.string().default(''),
  agency_code: z.string().default(''),
  position_title: z.string().default(''),
  group: z.string().default(''),
  staff_code: z.string().default(''),
  from: z.string().default(''),
  /** Who is meant, once somebody has been asked: the id of a person, or `new`. */
  person: z
    .string()
    .optional()
    .transform((value) => (value === 'new' ? ('new' as const) : value ? { same: Number(value) } : undefined)),
});

export const identityForm = z.object({
  full_name: z.string().default(''),
  birth_date: z.string().default(''),
  email: z.string().default(''),
  phone: z.string().default(''),
  national_id: z.string().default(''),
});

const groupChosen = z.string('required').min(1, 'required').pipe(group);
const staffCode = optionalLine(40).transform((value) => value ?? null);
export const changeForm = z.object({ positionTitle: line(200), group: groupChosen, staffCode, from: civilDate() });
export const transferForm = changeForm
  .extend({ agency: line(40) })
  .transform(({ agency, ...rest }) => ({ ...rest, agencyCode: agency }));
export const endForm = z.object({ lastDay: civilDate() });
export const leaveForm = z.object({
  from: civilDate(), lastDay: optionalDate().transform((value) => value ?? null), back: tick(),
}).transform(({ back, ...rest }) => ({ ...rest, onLeave: !back }));

export const reportForm = z.object({ message: paragraphs(2_000) });
export const settleForm = z.object({ answer: paragraphs(2_000) });
export const reportsQuery = z.object({ settled: tick(), cursor: z.string().max(200).optional() });

export const headcountForm = z
  .object({
    agency: line(40),
    measure: z.string('required').min(1, 'required').pipe(z.enum(MEASURES, 'choice-unknown')),
    group: oneOf(TARGET_GROUPS).transform((value) => value ?? null),
    headcount: z
      .string('required')
      .transform((value) => value.replace(/[\s.,]/g, ''))
      .pipe(z.string().regex(/^\d{1,7}$/, 'not-a-count'))
      .transform(Number),
    from: civilDate(),
  })
  .transform(({ agency, ...rest }) => ({ ...rest, agencyCode: agency }));
export const headcountsQuery = z.object({ agency: optionalLine(40) });
