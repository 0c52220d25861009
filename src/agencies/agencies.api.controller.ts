import { Controller, Get, Param, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { lastDay } from '../rules/civil-date.js';
import { Agencies } from './agencies.js';
import { agencyDetailAnswer, agencyListAnswer, agencyQuery, asOfQuery } from './agencies.forms.js';
import type { AgencyRow } from './agencies.repository.js';

/** The tree is public among those who sign in: names of agencies are nobody's secret. */
@Controller('api/v1/agencies')
@Allow('signed-in')
export class AgenciesApiController {
  constructor(
    private readonly agencies: Agencies,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Api({
    summary: 'Agencies as of a day, by parent, type or part of a name',
    query: agencyQuery,
    answer: agencyListAnswer,
  })
  async list(@Query() query: unknown, @Lang() lang: Language) {
    const { asOf, parent, ...rest } = readForm(agencyQuery, query);
    const on = asOf ?? this.clock.today();
    const under = parent === undefined ? undefined : await this.agencies.findByCode(this.database.reader, parent, on);
    if (under === null) throw notFound('agency-unknown', { code: parent });
    const page = await this.agencies.search(this.database.reader, { ...rest, on, parentId: under?.id });
    return { items: page.items.map((agency) => shown(agency, lang)), next: page.next };
  }

  @Get(':code')
  @Api({
    summary: 'One agency as of a day, with the chain above it',
    params: { code: 'Official code' },
    query: asOfQuery,
    answer: agencyDetailAnswer,
  })
  async one(@Param('code') code: string, @Query() query: unknown, @Lang() lang: Language) {
    const on = readForm(asOfQuery, query).asOf ?? this.clock.today();
    const agency = await this.agencies.findByCode(this.database.reader, code, on);
    if (!agency) throw notFound('agency-unknown', { code });
    const chain = await this.agencies.chain(this.database.reader, agency.id, on);
    const above = chain.filter((other) => other.id !== agency.id);
    const children = await this.agencies.countChildren(this.database.reader, agency.id, on);
    const path = [...chain]
      .reverse()
      .filter((other) => other.type !== 'nation')
      .map((other) => other.name[lang])
      .join(', ');
    return {
      ...shown({ ...agency, parentCode: above.at(-1)?.code ?? null, children }, lang),
      path: path || agency.name[lang], legalBasis: agency.legalBasis,
      ancestors: above.map((other) => ({ code: other.code, name: other.name[lang] })),
    };
  }
}

function shown(agency: AgencyRow, lang: Language) {
  return {
    code: agency.code, name: agency.name[lang], nameVi: agency.name.vi, nameEn: agency.name.en, type: agency.type,
    parent: agency.parentCode, from: agency.from, to: lastDay(agency.to), children: agency.children,
  };
}
