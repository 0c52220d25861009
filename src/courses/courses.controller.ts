import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { localText, text } from '../platform/texts.js';
import { page } from '../web/index.js';
import { coursePage } from './course.page.js';
import { Courses } from './courses.service.js';
import { CoursesRepository } from './courses.repository.js';

@Controller('courses')
export class CoursesController {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly repository: CoursesRepository,
  ) {}

  /** What a course is, for anybody who is signed in; the button leads into study. */
  @Allow('signed-in')
  @Get(':slug')
  async show(@Param('slug') slug: string, @Lang() lang: Language) {
    const course = await this.courses.bySlug(this.database.reader, slug);
    if (!course) throw notFound('course-not-found');
    return page('courses/show', {
      title: localText(lang, course.title), at: 'learning',
      crumbs: [{ href: '/programmes', label: text(lang, 'programmes.title') }],
      ...coursePage(lang, course),
    });
  }

  /**
   * A picture of a version. Its address never means anything else, so a browser may keep it for good. A drawing that
   * is opened by itself can do nothing: no script, no fetch.
   */
  @Allow('signed-in')
  @Get('media/:versionId/:name')
  async media(
    @Param('versionId') versionId: string, @Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!/^\d{1,9}$/.test(versionId)) throw notFound();
    const media = await this.repository.media(this.database.reader, Number(versionId), name);
    if (!media) throw notFound();
    void reply.header('content-type', media.mediaType).header('cache-control', 'private, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return reply.send(media.body);
  }
}
