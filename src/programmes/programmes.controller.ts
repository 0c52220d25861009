import { Controller, Get, Param } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { localText, text } from '../platform/texts.js';
import { page } from '../web/index.js';
import { programmePage } from './programme.page.js';
import type { ProgrammeVersion } from './programme-version.js';
import { Programmes } from './programmes.service.js';

@Controller('programmes')
export class ProgrammesController {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly courses: Courses,
  ) {}

  @Allow('signed-in')
  @Get()
  async list(@Lang() lang: Language) {
    const programmes = await this.programmes.list(this.database.reader);
    const courses = await this.coursesIn(programmes);
    return page('programmes/list', {
      title: text(lang, 'programmes.title'), at: 'learning', wide: true,
      programmes: programmes.map((programme) => programmePage(lang, programme, courses)),
    });
  }

  @Allow('signed-in')
  @Get(':slug')
  async show(@Param('slug') slug: string, @Lang() lang: Language) {
    const programme = await this.programmes.bySlug(this.database.reader, slug);
    if (!programme) throw notFound('programme-not-found');
    return page('programmes/show', {
      title: localText(lang, programme.title), at: 'learning',
      crumbs: [{ href: '/programmes', label: text(lang, 'programmes.title') }],
      ...programmePage(lang, programme, await this.coursesIn([programme])),
    });
  }

  private coursesIn(programmes: readonly ProgrammeVersion[]) {
    const ids = programmes.flatMap((programme) => programme.courses.flatMap((course) => course.courseId ?? []));
    return this.courses.latestOf(this.database.reader, ids);
  }
}
