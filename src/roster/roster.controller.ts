import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { readForm } from '../platform/http/forms.js';
import { holds } from '../rules/scope.js';
import { page } from '../web/index.js';
import { AgencyChoices } from './agency-choices.js';
import { ExportRoster } from './export-roster.js';
import { ProfileReportsRepository } from './profile-reports.repository.js';
import { RosterList } from './roster-list.js';
import { RosterQueries } from './roster-queries.js';
import { rosterFilter, rosterQuery } from './roster.forms.js';
import { rosterPage } from './roster.page.js';

@Controller()
@Allow('roster.read')
export class RosterController {
  constructor(
    private readonly queries: RosterQueries,
    private readonly list: RosterList,
    private readonly exporter: ExportRoster,
    private readonly reports: ProfileReportsRepository,
    private readonly choices: AgencyChoices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get('roster')
  async show(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const { cursor, limit, ...filter } = readForm(rosterQuery, query);
    const tx = this.database.reader;
    const resolved = await this.queries.resolve(filter, me);
    const { items, next } = await this.list.page(tx, resolved, { cursor, limit });
    return page(
      'roster/roster',
      rosterPage({
        lang,
        filter,
        today: this.clock.today(),
        entries: items,
        next,
        count: await this.list.count(tx, resolved),
        agencies: await this.choices.of(tx, resolved.roots, resolved.on, lang, filter.agency),
        mayImport: holds(me.grants, 'roster.import'),
        openReports: await this.reports.countOpen(tx, resolved.roots, this.clock.today()),
      }),
    );
  }

  @Get('roster.csv')
  csv(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.exporter.run(readForm(rosterFilter, query), me, lang, 'csv');
  }

  @Get('roster.xlsx')
  xlsx(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.exporter.run(readForm(rosterFilter, query), me, lang, 'xlsx');
  }
}
