import { Controller, Get, Param } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { localText, text } from '../platform/texts.js';
import { page } from '../web/index.js';
import { pathsFor, programmePage, programmesPage, type ProgrammeFacts } from './programme.page.js';
import type { ProgrammeVersion } from './programme-version.js';
import { Programmes, Targets } from './programmes.service.js';

@Controller('programmes')
export class ProgrammesController {
  constructor(
    private readonly database: Database,
    private readonly programmes: Programmes,
    private readonly targets: Targets,
    private readonly courses: Courses,
  ) {}

  @Allow('signed-in')
  @Get()
  async list(@Lang() lang: Language) {
    const programmes = await this.programmes.list(this.database.reader);
    return page('programmes/list', {
      title: text(lang, 'programmes.title'), at: 'learning', wide: true,
      ...programmesPage(lang, programmes, await this.factsAbout(programmes)),
    });
  }

  @Allow('signed-in')
  @Get(':slug')
  async show(@Param('slug') slug: string, @Lang() lang: Language) {
    const programme = await this.programmes.bySlug(this.database.reader, slug);
    if (!programme) throw notFound('programme-not-found');
    const all = await this.programmes.list(this.database.reader);
    return page('programmes/show', {
      title: localText(lang, programme.title), at: 'learning',
      crumbs: [{ href: '/programmes', label: text(lang, 'programmes.title') }],
      ...programmePage(lang, programme, (await this.factsAbout([programme]))(programme)),
      paths: pathsFor(lang, programme, all),
    });
  }

  /** What pages about these programmes show beside them, asked for once. */
  private async factsAbout(programmes: readonly ProgrammeVersion[]): Promise<(of: ProgrammeVersion) => ProgrammeFacts> {
    const ids = programmes.flatMap((programme) => programme.courses.flatMap((course) => course.courseId ?? []));
    const courses = await this.courses.latestOf(this.database.reader, ids);
    const targets = await this.targets.list(this.database.reader);
    return ({ path }) => ({ courses, target: targets.find(({ target }) => target === path) ?? targets[0] ?? null });
  }
}
