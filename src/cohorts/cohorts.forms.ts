import { z } from 'zod';
import { notFound } from '../platform/errors.js';
import { civilDate, id, line, many, optionalDate, optionalLine, tick } from '../platform/http/forms.js';
import { TARGET_GROUPS } from '../rules/target-groups.js';

/** Request shapes of classes. */
const group = z.preprocess((value) => (value === '' ? undefined : value), z.enum(TARGET_GROUPS, 'group-unknown').optional());

const facts = { title: line(160), opens: civilDate(), due: civilDate() };

export const newCohortForm = z.object({ programme: line(80), agency: line(40), ...facts, request_key: optionalLine(80) });
export const changeCohortForm = z.object(facts);

export const ruleShape = z.object({ group, agency: optionalLine(40), notYetTrained: tick() });
export const ruleQuery = ruleShape.extend({ preview: optionalLine(3) });

/** Either these people or a rule, never both. */
export const membersShape = z.object({
  people: z.array(id()).min(1, 'required').max(5_000, 'too-many').optional(),
  rule: z.object({ group, agency: optionalLine(40), notYetTrained: z.boolean().optional().default(false) }).optional(),
}).refine((members) => (members.people === undefined) !== (members.rule === undefined), 'people-or-rule');

export const newCohortBody = z.object({
  programme: line(80).describe('Slug or code'), agency: line(40).describe('Code'), ...facts, members: membersShape.optional(),
});
export const changeCohortBody = z.object({
  title: line(160).optional(), opens: optionalDate(), due: optionalDate(),
});

export const candidatesQuery = z.object({
  q: optionalLine(80), group, agency: optionalLine(40), notYetTrained: tick(), cursor: optionalLine(600),
});

export const ticked = z.object({ people: many(id()) });
export const extensionForm = z.object({ people: many(id()), due: civilDate(), reason: line(500) });
export const peopleBody = z.object({ people: z.array(id()).min(1, 'nobody-ticked').max(5_000, 'too-many') });
export const extensionBody = peopleBody.extend({ due: civilDate(), reason: line(500) });

export const listQuery = z.object({ time: z.enum(['open', 'past'], 'invalid').optional(), cursor: optionalLine(200) });

/** The id in an address. @throws Refusal 404 where it is none: what cannot exist is not found */
export function idIn(address: string): number {
  const read = /^\d{1,15}$/.test(address) ? Number(address) : 0;
  if (read === 0) throw notFound();
  return read;
}
