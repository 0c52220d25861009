import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { courseDetail, courseSummary, detailOf, summaryOf } from './courses.api.js';
import { Courses } from './courses.service.js';

const listQuery = z.object({
  cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50),
});

@Controller('api/v1/courses')
export class CoursesApiController {
  constructor(private readonly database: Database, private readonly courses: Courses) {}

  @Allow('signed-in')
  @Api({
    summary: 'Courses that can be studied, in the order of the outline', query: listQuery,
    answer: z.object({ items: z.array(courseSummary), next: z.string().nullable() }),
  })
  @Get()
  async list(@Query() query: unknown) {
    const { cursor: after = '', limit } = readForm(listQuery, query);
    const rest = (await this.courses.list(this.database.reader)).filter((course) => course.code > after);
    const items = rest.slice(0, limit);
    return { items: items.map(summaryOf), next: rest.length > limit ? items.at(-1)?.code ?? null : null };
  }

  @Allow('signed-in')
  @Api({
    summary: 'A course in its latest version: lessons, quiz, practical task; never the key',
    params: { slug: 'Slug of the course' }, answer: courseDetail,
  })
  @Get(':slug')
  async show(@Param('slug') slug: string) {
    const course = await this.courses.bySlug(this.database.reader, slug);
    if (!course) throw notFound('course-not-found');
    return detailOf(course);
  }
}
