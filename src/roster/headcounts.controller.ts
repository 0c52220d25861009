import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { lastDay } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { AgencyChoices } from './agency-choices.js';
import { DeclareHeadcount, MEASURES } from './declare-headcount.js';
import { HeadcountsRepository } from './headcounts.repository.js';
import { headcountForm, headcountsQuery } from './roster.forms.js';
import { groupOptions } from './roster.page.js';

/** Numbers that an agency declares instead of listing people. */
@Controller('roster/headcounts')
@Allow('roster.import')
export class HeadcountsController {
  constructor(
    private readonly declare: DeclareHeadcount,
    private readonly headcounts: HeadcountsRepository,
    private readonly agencies: Agencies,
    private readonly choices: AgencyChoices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  list(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.show(readForm(headcountsQuery, query).agency, me, lang, emptyForm());
  }

  @Post()
  async create(@Body() body: Record<string, unknown>, @Me() me: Principal, @Lang() lang: Language) {
    const chosen = typeof body?.agency === 'string' ? body.agency : undefined;
    return formAgain(
      lang,
      body,
      async () => {
        const declared = readForm(headcountForm, body);
        await this.declare.run(declared, scopeRoots(me.grants, 'roster.import'), me.accountId);
        return redirectTo(`/roster/headcounts?${new URLSearchParams({ agency: declared.agencyCode }).toString()}`, {
          key: 'roster.headcounts.saved',
        });
      },
      (form) => this.show(form.errors.agency ? undefined : chosen, me, lang, form),
    );
  }

  private async show(code: string | undefined, me: Principal, lang: Language, form: FormState): Promise<Page> {
    const tx = this.database.reader;
    const today = this.clock.today();
    const roots = scopeRoots(me.grants, 'roster.import');
    const agencies = await this.choices.of(tx, roots, today, lang, code);
    const chosen = code ?? agencies[0]?.value ?? '';
    const agency = await this.agencies.findByCode(tx, chosen, today);
    if (!agency || !(await this.agencies.inScope(tx, agency.id, roots, today)))
      throw notFound('agency-unknown', { code: chosen });
    const declared = await this.headcounts.ofAgency(tx, agency.id);
    return page('roster/headcounts', {
      title: text(lang, 'roster.headcounts.title', { agency: agency.name[lang] }),
      at: 'roster',
      wide: true,
      agencies,
      chosen,
      form: { ...form, values: { from: today, ...form.values, agency: chosen } },
      groups: groupOptions(lang),
      measures: MEASURES.map((measure) => ({ value: measure, label: text(lang, `roster.measures.${measure}`) })),
      declared: declared.map((row) => ({
        measure: text(lang, `roster.measures.${row.measure}`),
        group: row.group ? text(lang, `roster.groups.${row.group}`) : '',
        headcount: row.headcount,
        from: row.from,
        until: lastDay(row.to),
        now: row.from <= today && today < row.to,
      })),
      crumbs: [
        { href: '/roster', label: text(lang, 'roster.title') },
        { href: '', label: text(lang, 'roster.headcounts.short') },
      ],
    });
  }
}
