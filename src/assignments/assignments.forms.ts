import { z } from 'zod';
import { id } from '../platform/http/forms.js';
import { LEAST_REMARK, LONGEST_TEXT, MOST_SUBMISSIONS } from '../rules/handing-in.js';

/** Shapes of requests and answers. */

const asTyped = (value: string) => value.normalize('NFC').replace(/\r\n?/g, '\n').replaceAll('\0', '');
const written = z.string().transform(asTyped).pipe(z.string().max(LONGEST_TEXT, 'too-long'));

export const draftForm = z.object({ text: written.describe('What is written so far; an empty text empties the draft') });

/** Spare lines at the ends go: they are no change. */
export const handInForm = z.object({
  text: written.transform((value) => value.trim()).default('').describe('What is written directly'),
  number: z.preprocess((value) => (value === '' ? undefined : value),
    z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(MOST_SUBMISSIONS, 'invalid').optional())
    .describe('1, or 2 for the resubmission: refused where another one is due. Left out: whichever is due'),
});
export type HandInForm = z.output<typeof handInForm>;

const level = z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(4, 'invalid');
export const markingForm = z.object({
  levels: z.record(z.string().regex(/^[a-z][a-z-]{0,40}$/, 'invalid'), level).describe('1 to 4 for every criterion'),
  remark: z.string().default('').transform((value) => asTyped(value).trim()).pipe(z.string().max(5_000, 'too-long'))
    .describe(`What is good, what to change and how; at least ${LEAST_REMARK} characters`),
});
export type MarkingForm = z.output<typeof markingForm>;

export const queueQuery = z.object({
  after: id().optional().describe('The `next` of the page before'),
  limit: z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(100, 'invalid').default(50),
});

const localText = z.object({ vi: z.string(), en: z.string().optional() });
const course = z.object({ code: z.string(), slug: z.string(), version: z.number() });
const criteria = z.array(z.object({
  id: z.string(), title: localText, levels: z.array(z.object({ level: z.number(), text: localText })),
}));
const file = z.object({
  name: z.string(), mediaType: z.string(), size: z.number().describe('Bytes'), sha256: z.string(), href: z.string(),
});
const result = z.object({
  levels: z.record(z.string(), z.number()), total: z.number(), passed: z.boolean(), remark: z.string(),
  markedAt: z.iso.datetime(),
});

export const submissionAnswer = z.object({
  id: z.number(), number: z.number(), text: z.string(), words: z.number(), file: file.nullable(),
  handedInAt: z.iso.datetime(), dueOn: z.iso.date().describe('Marked by the end of this day'), result: result.nullable(),
});

export const assignmentAnswer = z.object({
  course, title: localText, brief: localText.describe('HTML'), words: z.object({ min: z.number(), max: z.number() }),
  file: z.object({ required: z.boolean(), types: z.array(z.string()), maxMb: z.number() }), criteria,
  pass: z.object({ eachAtLeast: z.number(), totalAtLeast: z.number() }),
  state: z.enum(['nothing', 'draft', 'waiting', 'passed', 'not-passed']),
  mayHandIn: z.number().nullable().describe('The number of the submission that is due; null when nothing can be handed in'),
  draft: z.object({ text: z.string(), savedAt: z.iso.datetime() }).nullable(),
  submissions: z.array(submissionAnswer),
  modelAnswer: localText.nullable().describe('HTML; shown when nothing more can be handed in'),
});

export const draftAnswer = z.object({ savedAt: z.iso.datetime() });

export const queueAnswer = z.object({
  waiting: z.number(), overdue: z.number(),
  items: z.array(z.object({
    id: z.number(), number: z.number(), course, title: localText, agencyType: z.string().nullable(),
    handedInAt: z.iso.datetime(), dueOn: z.iso.date(), overdue: z.boolean(), hasFile: z.boolean(),
  })),
  next: z.string().nullable(),
});

export const markableAnswer = submissionAnswer.extend({
  course, title: localText, agencyType: z.string().nullable(),
  brief: localText, criteria, pass: z.object({ eachAtLeast: z.number(), totalAtLeast: z.number() }),
  modelAnswer: localText, markerGuide: localText,
});

export const markedAnswer = z.object({ passed: z.boolean(), total: z.number() });
