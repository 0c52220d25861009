import { z } from 'zod';
import type { CourseVersion } from './course-version.js';

/** What the API says of a course. Never the key of a question, never the model answer. */
export const localised = z.object({ vi: z.string(), en: z.string().optional() });

export const courseSummary = z.object({
  code: z.string(), slug: z.string(), version: z.number(), title: localised, summary: localised,
  periods: z.number().describe('of 45 minutes'), validityMonths: z.number().nullable(),
  proves: z.array(z.object({ criterion: z.string(), periods: z.number() })),
});

export const courseDetail = courseSummary.extend({
  competences: z.object({ digcomp: z.array(z.number()), circular02: z.array(z.number()) }),
  outcomes: z.array(z.object({ id: z.string(), text: localised })),
  lessons: z.array(z.object({
    id: z.number(), code: z.string(), slug: z.string(), title: localised, minutes: z.number(),
    languages: z.array(z.string()), outcomes: z.array(z.string()),
  })),
  quiz: z.object({
    id: z.string().describe('for POST /api/v1/quizzes/{id}/attempts'), questions: z.number(), minutes: z.number(),
    pass: z.number().describe('out of 100'), attempts: z.number().nullable(),
  }).nullable(),
  assignment: z.object({
    title: localised, words: z.object({ min: z.number(), max: z.number() }),
    file: z.object({ required: z.boolean(), types: z.array(z.string()), maxMb: z.number() }),
  }).nullable(),
  completion: z.object({
    lessons: z.literal('all'), quiz: z.literal('passed').optional(), assignment: z.literal('passed').optional(),
  }),
});

export function summaryOf(course: CourseVersion): z.output<typeof courseSummary> {
  return {
    code: course.code, slug: course.slug, version: course.number, title: course.title, summary: course.summary,
    periods: course.periods, validityMonths: course.validityMonths, proves: course.proofs,
  };
}

export function detailOf(course: CourseVersion): z.output<typeof courseDetail> {
  const { quiz, assignment } = course;
  return {
    ...summaryOf(course),
    competences: course.competences,
    outcomes: course.outcomes,
    lessons: course.lessons.map(({ id, code, slug, title, minutes, contents, outcomes }) =>
      ({ id, code, slug, title, minutes, languages: Object.keys(contents).sort().reverse(), outcomes })),
    quiz: quiz && {
      id: course.slug, questions: quiz.questions, minutes: quiz.minutes, pass: quiz.pass, attempts: quiz.attempts,
    },
    assignment: assignment && { title: assignment.title, words: assignment.words, file: assignment.file },
    completion: course.completion,
  };
}
