import { z } from 'zod';
import { id, paragraphs } from '../platform/http/forms.js';

const choice = z.object({ id: z.string().describe('As shown in this attempt: a, b, c'), text: z.string() });
const question = z.object({
  id: z.string(),
  number: z.number(),
  type: z.enum(['single', 'multiple', 'true-false', 'matching', 'ordering', 'numeric', 'short-text']),
  stem: z.string(),
  language: z.enum(['vi', 'en']),
  options: z.array(choice).optional(),
  lefts: z.array(choice).optional(),
  rights: z.array(choice).optional(),
  items: z.array(choice).optional(),
  unit: z.string().optional(),
});

/** An answer, by the type of its question. Options are named as shown in the attempt. */
export const answerForm = z.union([
  z.object({ option: z.string().nullable() }).describe('single'),
  z.object({ options: z.array(z.string()) }).describe('multiple'),
  z.object({ value: z.boolean().nullable() }).describe('true-false'),
  z
    .object({ pairs: z.record(z.string(), z.string()) })
    .describe('matching: the right for each left, {"1": "c", "2": "a"}'),
  z.object({ order: z.array(z.string()) }).describe('ordering: all items, first to last'),
  z.object({ value: z.string() }).describe('numeric (70,5 or 70.5) and short-text'),
]);

export const receiptAnswer = z.object({
  sequence: z.number().describe('Number of the receipt, counted within the attempt'), savedAt: z.iso.datetime(),
});

const resultParts = {
  score: z.number().describe('0 to 100, rounded down to two decimals'), passed: z.boolean(), pass: z.number(),
  closedAt: z.iso.datetime(), closedBy: z.enum(['learner', 'deadline']),
  revealed: z.boolean().describe('Whether the key is shown: after passing, or when no attempt is left'),
  feedback: z.array(
    z.looseObject({ id: z.string(), share: z.number(), verdict: z.enum(['right', 'partly', 'wrong', 'unanswered']) }),
  ),
  next: z
    .looseObject({ may: z.boolean() })
    .describe('Whether another attempt may start; if not, because of what and until when'),
};

export const attemptAnswer = z.object({
  id: z.number(), quiz: z.string(), number: z.number(), state: z.enum(['open', 'closed']),
  startedAt: z.iso.datetime(), deadlineAt: z.iso.datetime(), secondsLeft: z.number(), serverNow: z.iso.datetime(),
  questions: z.array(question),
  answers: z.record(z.string(), z.object({ answer: answerForm, sequence: z.number(), savedAt: z.iso.datetime() })),
  result: z.object(resultParts).optional(),
});

export const resultAnswer = z.object({ id: z.number(), number: z.number(), state: z.enum(['closed']), ...resultParts });

export const allowanceForm = z.object({ reason: paragraphs(1_000) });

export const allowanceAnswer = z.object({
  courseRunId: z.number(),
  afterAttempt: z.number(),
  grantedAt: z.iso.datetime(),
});

/** The number of a row in an address; what is no number names nothing. */
export function numberIn(text: string): number | null {
  const read = id().safeParse(text);
  return read.success && /^\d+$/.test(text) ? read.data : null;
}
