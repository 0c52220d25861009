import { z } from 'zod';
import { AGENCY_TYPES } from '../rules/agency-types.js';
import { optionalDate, optionalLine } from '../platform/http/forms.js';

const OUTCOMES = ['new', 'changed', 'unchanged', 'error'] as const;

const oneOf = <T extends string>(values: readonly T[]) =>
  z
    .string()
    .optional()
    .transform((value) => value || undefined)
    .pipe(z.enum(values as [T, ...T[]], 'choice-unknown').optional());

export const agencyQuery = z.object({
  asOf: optionalDate(),
  parent: optionalLine(40),
  type: oneOf(AGENCY_TYPES),
  q: optionalLine(100),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number('invalid').int('invalid').min(1, 'too-small').max(200, 'too-large').default(50),
});

export const agencyAnswer = z.object({
  code: z.string(), name: z.string(), nameVi: z.string(), nameEn: z.string(), type: z.enum(AGENCY_TYPES),
  parent: z.string().nullable(), from: z.string(), to: z.string().nullable(), children: z.number(),
});
export const agencyListAnswer = z.object({ items: z.array(agencyAnswer), next: z.string().nullable() });
export const agencyDetailAnswer = agencyAnswer.extend({
  path: z.string(),
  legalBasis: z.string().nullable(),
  ancestors: z.array(z.object({ code: z.string(), name: z.string() })),
});

export const asOfQuery = z.object({ asOf: optionalDate() });

export const importForm = z.object({ effective: optionalDate() });

export const importRowsQuery = z.object({
  outcome: oneOf(OUTCOMES),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number('invalid').int('invalid').min(1, 'too-small').max(500, 'too-large').default(100),
});

const counts = z.object({ new: z.number(), changed: z.number(), unchanged: z.number(), error: z.number() });

export const importAnswer = z.object({
  id: z.number(),
  status: z.enum(['previewed', 'confirmed', 'discarded']),
  counts,
  rows: z.array(
    z.object({
      line: z.number(),
      outcome: z.enum(OUTCOMES),
      code: z.string(),
      name: z.string(),
      type: z.string().nullable(),
      parent: z.string(),
      from: z.string().nullable(),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
      problems: z.array(z.object({ column: z.string().optional(), code: z.string(), detail: z.string() })),
    }),
  ),
  next: z.string().nullable(),
});

export const confirmedAnswer = z.object({ id: z.number(), status: z.literal('confirmed'), counts });
