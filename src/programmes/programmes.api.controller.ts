import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Courses, type CourseVersion } from '../courses/index.js';
import { Allow } from '../platform/access/allow.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import type { ProgrammeVersion } from './programme-version.js';
import { isAssignable, Programmes } from './programmes.service.js';
import { coursesOf } from './programme.page.js';

const localised = z.object({ vi: z.string(), en: z.string().optional() });

const programmeAnswer = z.object({
  code: z.string(), slug: z.string(), version: z.number(), title: localised, summary: localised,
  audience: z.object({ groups: z.array(z.string()), text: localised }),
  periods: z.number().describe('of 45 minutes, courses in preparation included'),
  criteria: z.array(z.string()),
  path: z.string().nullable().describe('the target that completing it suffices for'),
  outcomes: z.array(localised),
  competences: z.object({ digcomp: z.array(z.number()), circular02: z.array(z.number()) }).nullable(),
  certificate: z.boolean(),
  assignable: z.boolean().describe('whether a class can be opened for it'),
  courses: z.array(z.object({
    code: z.string(), slug: z.string().nullable(), title: localised, periods: z.number(),
    requirement: z.enum(['required', 'elective', 'preparation']),
  })),
});

const listQuery = z.object({
  cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50),
});

@Controller('api/v1/programmes')
export class ProgrammesApiController {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly courses: Courses,
  ) {}

  @Allow('signed-in')
  @Api({
    summary: 'Training programmes, in the order of the outline', query: listQuery,
    answer: z.object({ items: z.array(programmeAnswer), next: z.string().nullable() }),
  })
  @Get()
  async list(@Query() query: unknown) {
    const { cursor: after = '', limit } = readForm(listQuery, query);
    const rest = (await this.programmes.list(this.database.reader)).filter((programme) => programme.code > after);
    const items = rest.slice(0, limit);
    return { items: await this.answers(items), next: rest.length > limit ? items.at(-1)?.code ?? null : null };
  }

  @Allow('signed-in')
  @Api({
    summary: 'A programme in its latest version', params: { slug: 'Slug of the programme' }, answer: programmeAnswer,
  })
  @Get(':slug')
  async show(@Param('slug') slug: string) {
    const programme = await this.programmes.bySlug(this.database.reader, slug);
    if (!programme) throw notFound('programme-not-found');
    return (await this.answers([programme]))[0];
  }

  private async answers(programmes: readonly ProgrammeVersion[]): Promise<z.output<typeof programmeAnswer>[]> {
    const ids = programmes.flatMap((programme) => programme.courses.flatMap((course) => course.courseId ?? []));
    const courses = await this.courses.latestOf(this.database.reader, ids);
    return programmes.map((programme) => answerOf(programme, courses));
  }
}

function answerOf(
  programme: ProgrammeVersion, courses: ReadonlyMap<number, CourseVersion>,
): z.output<typeof programmeAnswer> {
  const { code, slug, number, title, summary, audience, periods, criteria, path, outcomes } = programme;
  return {
    code, slug, version: number, title, summary, audience, periods, criteria, path, outcomes,
    competences: programme.competences, certificate: programme.certificate,
    assignable: isAssignable(programme),
    courses: coursesOf(programme, courses).map(({ href, ...row }) =>
      ({ ...row, slug: href?.split('/').pop() ?? null })),
  };
}
