import { z } from 'zod';
import { optionalDate, optionalLine } from '../platform/http/forms.js';

const action = z.string().regex(/^[a-z-]+\.[a-z-]+$/, 'choice-unknown');

export const auditFilter = z.object({
  action: z.string().optional().transform((value) => value || undefined).pipe(action.optional()),
  actor: optionalLine(100),
  agency: optionalLine(40),
  from: optionalDate(),
  to: optionalDate(),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const auditQuery = auditFilter.extend({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number('invalid').int('invalid').min(1, 'too-small').max(200, 'too-large').default(50),
});

export const auditAnswer = z.object({
  items: z.array(z.object({
    id: z.number(),
    at: z.string(),
    action: z.string(),
    actor: z.object({ accountId: z.number(), username: z.string() }).nullable().describe('null: the system itself'),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
    agencyCode: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
  })),
  next: z.string().nullable(),
});
