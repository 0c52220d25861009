import { z } from 'zod';

/** A name in an address, as folders of courses and lessons are called. Anything else leads nowhere. */
export const slug = () => z.string().regex(/^[a-z0-9][a-z0-9-]{0,120}$/, 'not-found');

export const visitForm = z.object({
  kind: z
    .enum(['opened', 'finished'], 'invalid')
    .default('opened')
    .describe('opened: it was shown; finished: its reader says so'),
});

export const visitAnswer = z.object({
  lesson: z.object({ id: z.number(), code: z.string(), slug: z.string() }),
  kind: z.enum(['opened', 'finished']),
  at: z.iso.datetime().describe('When it was kept first; asking again changes nothing'),
  next: z.object({
    what: z.enum(['lesson', 'quiz', 'assignment', 'overview']),
    href: z.string(),
    lessonId: z.number().optional(),
  }),
});

export const lessonAnswer = z.object({
  id: z.number(), code: z.string(), slug: z.string(), position: z.number(), minutes: z.number(),
  course: z.object({ code: z.string(), slug: z.string(), version: z.number() }),
  title: z.object({ vi: z.string(), en: z.string().optional() }),
  outcomes: z.array(z.string()),
  contents: z.record(z.string(), z.object({
    summary: z.string(), html: z.string(), listen: z.string().optional(),
    checks: z.array(z.object({
      question: z.string(),
      options: z.array(z.object({ text: z.string(), correct: z.boolean(), feedback: z.string() })),
    })),
    sources: z.array(z.object({
      title: z.string(), body: z.string(), date: z.string(), note: z.string().optional(), url: z.string().optional(),
    })),
  })),
});
