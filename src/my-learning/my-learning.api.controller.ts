import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Api } from '../platform/http/api.js';
import { missingSentence } from '../study/index.js';
import { HeldCriteria } from './held-criteria.js';
import { MyLearning, type CourseStanding } from './my-learning.js';

const localText = z.object({ vi: z.string(), en: z.string().optional() });
const course = z.object({
  code: z.string(), slug: z.string(), title: localText, version: z.number(), state: z.enum(['not-begun', 'begun', 'completed']),
  done: z.number(), parts: z.number(), missing: z.array(z.object({ what: z.enum(['lessons', 'quiz', 'assignment']) }).loose()),
  missingSentence: z.string(), next: z.object({ what: z.string(), href: z.string() }).loose(), lessons: z.array(z.object({
    id: z.number(), code: z.string(), finished: z.boolean(),
  })), quiz: z.object({ id: z.string(), passed: z.boolean(), attempts: z.number(), bestScore: z.number().nullable() }).nullable(),
  completedOn: z.iso.date().nullable(), certificate: z.string().nullable(),
});
export const learningSchema = z.object({
  classes: z.array(z.object({
    cohort: z.number(), title: z.string(), programme: z.string(), opens: z.iso.date(), due: z.iso.date(),
    late: z.boolean(), complete: z.boolean(), required: z.array(course), electives: z.array(course),
  })),
  own: z.array(course),
  criteria: z.array(z.object({ id: z.string(), title: localText, held: z.number(), minimum: z.number() })),
});

@ApiTags('learning')
@Controller('api/v1/me')
export class MyLearningApiController {
  constructor(
    private readonly learning: MyLearning,
    private readonly criteria: HeldCriteria,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Allow('signed-in')
  @Get('learning')
  @Api({ summary: 'What I was given to learn, what is next, and what is missing', answer: learningSchema })
  async show(@Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const { classes, own } = await this.learning.run(me.personId, now);
    return {
      classes: classes.map((given) => ({
        cohort: given.cohortId, title: given.title, programme: given.programme.code, opens: given.opens, due: given.due,
        late: given.dueState.state === 'late', complete: given.complete,
        required: given.required.map((one) => courseJson(lang, one)), electives: given.electives.map((one) => courseJson(lang, one)),
      })),
      own: own.map((one) => courseJson(lang, one)),
      criteria: await this.criteria.run(this.database.reader, me.personId, now),
    };
  }
}

function courseJson(lang: Language, standing: CourseStanding) {
  const { version, run } = standing;
  return {
    code: version.code, slug: version.slug, title: version.title, version: version.number,
    state: standing.completedOn ? 'completed' : run ? 'begun' : 'not-begun',
    done: standing.done, parts: standing.parts, missing: standing.missing, missingSentence: missingSentence(lang, standing.missing),
    next: standing.next,
    lessons: version.lessons.map((lesson) => ({ id: lesson.id, code: lesson.code, finished: run?.finished.includes(lesson.id) ?? false })),
    quiz: version.quiz ? { id: version.slug, passed: run?.quizPassed ?? false, attempts: run?.attempts ?? 0, bestScore: run?.bestScore ?? null } : null,
    completedOn: standing.completedOn, certificate: standing.certificateNumber,
  };
}
