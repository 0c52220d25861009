import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Api } from '../platform/http/api.js';
import { Database } from '../platform/database/database.js';
import { readForm } from '../platform/http/forms.js';
import { lastDay } from '../rules/civil-date.js';
import { ExportRoster } from './export-roster.js';
import { RosterList } from './roster-list.js';
import { RosterQueries } from './roster-queries.js';
import { rosterAnswer, rosterFilter, rosterQuery } from './roster.forms.js';

@Controller('api/v1')
@Allow('roster.read')
export class RosterApiController {
  constructor(
    private readonly queries: RosterQueries, private readonly list: RosterList, private readonly exporter: ExportRoster,
    private readonly database: Database,
  ) {}

  @Get('roster')
  @Api({
    summary: 'People and their posts in one’s part of the tree, as of a day, sorted by given name',
    query: rosterQuery,
    answer: rosterAnswer,
  })
  async page(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const { cursor, limit, ...filter } = readForm(rosterQuery, query);
    const page = await this.list.page(this.database.reader, await this.queries.resolve(filter, me), { cursor, limit });
    return {
      items: page.items.map((entry) => ({
        personId: entry.personId,
        postId: entry.postId,
        fullName: entry.fullName,
        birthDate: entry.birthDate,
        staffCode: entry.staffCode,
        agencyCode: entry.agency.code,
        agency: entry.agency.path[lang],
        positionTitle: entry.positionTitle,
        group: entry.group,
        onLeave: entry.onLeave,
        from: entry.from,
        to: lastDay(entry.to),
      })),
      next: page.next,
    };
  }

  @Get('roster.csv')
  @Api({ summary: 'The same as CSV, all pages', query: rosterFilter, produces: ['text/csv'] })
  csv(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.exporter.run(readForm(rosterFilter, query), me, lang, 'csv');
  }

  @Get('roster.xlsx')
  @Api({
    summary: 'The same as a workbook, all pages',
    query: rosterFilter,
    produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  })
  xlsx(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.exporter.run(readForm(rosterFilter, query), me, lang, 'xlsx');
  }
}
