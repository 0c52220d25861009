import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import { id, readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { scopeRoots } from '../rules/scope.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { personFacts } from './person.page.js';
import { PersonPages } from './person-pages.js';
import { ProfileReportsRepository } from './profile-reports.repository.js';
import { ReportProfile } from './report-profile.js';
import { reportForm, reportsQuery, settleForm } from './roster.forms.js';
import { SettleProfileReport } from './settle-profile-report.js';

const PAGE = 30;

/** What is kept of oneself, and saying that it is wrong; for coordinators, settling what people said. */
@Controller()
export class ProfileController {
  constructor(
    private readonly pages: PersonPages,
    private readonly reports: ProfileReportsRepository,
    private readonly report: ReportProfile,
    private readonly settle: SettleProfileReport,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Allow('signed-in')
  @Get('profile')
  mine(@Me() me: Principal, @Lang() lang: Language) {
    return this.profile(me, lang, emptyForm());
  }

  @Allow('signed-in')
  @Post('profile/reports')
  async say(@Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(lang, body, async () => {
      await this.report.run(me.personId, readForm(reportForm, body).message);
      return redirectTo('/profile', { key: 'roster.profile.reported' });
    }, (form) => this.profile(me, lang, form));
  }

  @Allow('roster.import')
  @Get('roster/reports')
  list(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.reportsPage(query, me, lang);
  }

  @Allow('roster.import')
  @Post('roster/reports/:id')
  async answer(@Param('id') reportId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const number = readForm(id(), reportId);
    return formAgain(
      lang,
      body,
      async () => {
        await this.settle.run(
          number,
          readForm(settleForm, body).answer,
          scopeRoots(me.grants, 'roster.import'),
          me.accountId,
        );
        return redirectTo('/roster/reports', { key: 'roster.reports.settled-now' });
      },
      (form) => this.reportsPage({}, me, lang, { number, form }),
    );
  }

  private async profile(me: Principal, lang: Language, form: FormState): Promise<Page> {
    const tx = this.database.reader;
    const { person, posts } = await this.pages.of(tx, me.personId, lang);
    return page('roster/profile', {
      title: person.fullName,
      at: 'profile',
      posts,
      form,
      facts: personFacts(person, lang, [{ term: text(lang, 'roster.profile.username'), text: me.username }]),
      reports: await this.reports.ofPerson(tx, me.personId),
    });
  }

  private async reportsPage(
    query: unknown,
    me: Principal,
    lang: Language,
    again?: { number: number; form: FormState },
  ): Promise<Page> {
    const { settled, cursor } = readForm(reportsQuery, query);
    const [after] = readCursor<[number]>(cursor, 'n') ?? [0];
    const found = await this.reports.inScope(this.database.reader, {
      roots: scopeRoots(me.grants, 'roster.import'), on: this.clock.today(), settled, after, limit: PAGE + 1,
    });
    const shown = found.slice(0, PAGE);
    const last = shown.at(-1);
    const next =
      found.length > PAGE && last
        ? `/roster/reports?${new URLSearchParams({ ...(settled ? { settled: 'yes' } : {}), cursor: writeCursor([last.id]) }).toString()}`
        : null;
    return page('roster/reports', {
      title: text(lang, settled ? 'roster.reports.settled-title' : 'roster.reports.title', { count: shown.length }),
      at: 'roster',
      settled,
      next,
      summary: (again?.form.problems ?? []).map((problem) => ({
        ...problem,
        field: problem.field && `${problem.field}-${again?.number}`,
      })),
      reports: shown.map((report) => ({
        ...report,
        ...(again?.number === report.id ? { error: again.form.errors.answer, typed: again.form.values.answer } : {}),
      })),
      tabs: [
        { href: '/roster/reports', label: text(lang, 'roster.reports.open'), current: !settled },
        { href: '/roster/reports?settled=yes', label: text(lang, 'roster.reports.settled'), current: settled },
      ],
      crumbs: [
        { href: '/roster', label: text(lang, 'roster.title') },
        { href: '', label: text(lang, 'roster.reports.short') },
      ],
    });
  }
}
