import { z } from 'zod';
import type { LocalText } from '../../platform/texts.js';
import type { Question } from '../../rules/questions.js';

/** The shapes of the files that authors write. courses/README.md explains them; this is what the reader insists on. */
const words = z.string().trim().min(1, 'text-empty');

/** One string is Vietnamese; both languages are written out. */
export const text = z.union([
  words.transform((vi): LocalText => ({ vi })), z.strictObject({ vi: words, en: words.optional() }),
]);

/** What everybody sees first is always there in both languages. */
export const bothLanguages = z.strictObject({ vi: words, en: words });

const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const areas = (most: number) => z.array(whole(1, most)).default([]);

export const competences = z.strictObject({ digcomp: areas(5), circular02: areas(6) });

export const courseShape = z.strictObject({
  code: z.string().regex(/^[A-Z]\d+$/, 'course-code-wrong'),
  title: bothLanguages,
  summary: bothLanguages,
  periods: whole(1, 200),
  proves: z.array(z.strictObject({ criterion: z.enum(['K1', 'K2']), periods: whole(1, 200) })).default([]),
  validity_months: whole(1, 240).nullable().default(null),
  competences: competences.default({ digcomp: [], circular02: [] }),
  outcomes: z.array(z.strictObject({ id: words, vi: words, en: words })).min(1),
  lessons: z.array(z.strictObject({
    code: words, file: z.string().regex(/^\d{2}-[a-z0-9-]+$/, 'lesson-file-name-wrong'), title: bothLanguages,
    minutes: whole(1, 90), outcomes: z.array(words).min(1),
  })).min(1),
  quiz: z.strictObject({
    questions: whole(1, 100), pass: whole(1, 100), minutes: whole(1, 240), attempts: whole(1, 20).optional(),
    wait: z.strictObject({ after: whole(1, 20), hours: whole(1, 720) }).optional(),
  }).optional(),
  completion: z.strictObject({
    lessons: z.literal('all'), quiz: z.literal('passed').optional(), assignment: z.literal('passed').optional(),
  }),
});
export type CourseShape = z.output<typeof courseShape>;

export const frontMatterShape = z.strictObject({
  summary: words,
  checks: z.array(z.strictObject({
    question: words,
    options: z.array(z.strictObject({ text: words, correct: z.boolean().default(false), feedback: words }))
      .min(2).max(4),
  })),
  sources: z.array(z.strictObject({
    title: words, body: words, date: z.string().regex(/^\d{2}\/\d{2}\/\d{4}$/, 'source-date-wrong'),
    note: words.optional(), url: z.url({ protocol: /^https?$/ }).optional(),
  })).min(1, 'source-missing'),
});
export type FrontMatter = z.output<typeof frontMatterShape>;

const common = {
  id: z.string().regex(/^[a-z]\d+-\d{3,}$/, 'question-id-wrong'),
  outcome: words,
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  kind: z.enum(['case', 'recall']),
  stem: text,
  feedback: text,
  source: text.optional(),
};
const options = z.array(z.strictObject({ text, correct: z.boolean().default(false), feedback: text })).min(2).max(8);

export const questionShape = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('single'), options }),
  z.strictObject({ ...common, type: z.literal('multiple'), options }),
  z.strictObject({ ...common, type: z.literal('true-false'), answer: z.boolean(), wrong: text }),
  z.strictObject({
    ...common, type: z.literal('matching'), pairs: z.array(z.strictObject({ left: text, right: text })).min(3),
    distractors: z.array(text).default([]), wrong: text,
  }),
  z.strictObject({ ...common, type: z.literal('ordering'), items: z.array(text).min(3), wrong: text }),
  z.strictObject({
    ...common, type: z.literal('numeric'), answer: z.number(), tolerance: z.number().min(0).default(0),
    unit: words.optional(), wrong: text,
    common: z.array(z.strictObject({ value: z.number(), feedback: text })).default([]),
  }),
  z.strictObject({
    ...common, type: z.literal('short-text'),
    accept: z.array(z.union([words, z.number().transform(String)])).min(1), wrong: text,
  }),
]);

/** The author's id is the key of a question, the same in every version. */
export function asQuestion({ id, ...rest }: z.output<typeof questionShape>): Question {
  return { key: id, ...rest };
}

export const CRITERIA = ['accuracy', 'audience', 'clarity', 'legality', 'measurement'] as const;

export const assignmentShape = z.strictObject({
  title: bothLanguages,
  brief: text,
  words: z.strictObject({ min: whole(0, 10_000), max: whole(1, 10_000) }),
  file: z.strictObject({
    required: z.boolean(),
    types: z.array(z.enum(['pdf', 'docx', 'odt', 'xlsx', 'jpg', 'png', 'mp3', 'm4a', 'mp4'])).min(1),
    max_mb: whole(1, 50),
  }),
  criteria: z.array(z.strictObject({
    id: z.enum(CRITERIA), title: bothLanguages,
    levels: z.array(z.strictObject({ level: whole(1, 4), text })),
  })),
  pass: z.strictObject({ each_at_least: whole(1, 4), total_at_least: whole(1, 20) }),
  model_answer: text,
  marker_guide: text,
});
export type AssignmentShape = z.output<typeof assignmentShape>;
