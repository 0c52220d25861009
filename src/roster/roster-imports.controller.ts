import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { badFields } from '../platform/errors.js';
import { id, readForm } from '../platform/http/forms.js';
import { uploadOf } from '../platform/http/uploads.js';
import { sheetOf, xlsxDownload } from '../platform/spreadsheets/index.js';
import { text } from '../platform/texts.js';
import type { Decision } from '../rules/roster-plan.js';
import { scopeRoots } from '../rules/scope.js';
import { TARGET_GROUPS } from '../rules/target-groups.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { AgencyChoices } from './agency-choices.js';
import { ConfirmRosterImport } from './confirm-roster-import.js';
import { DecideRosterRows } from './decide-roster-rows.js';
import { PreviewRosterImport } from './preview-roster-import.js';
import { rosterImportPage } from './roster-import.page.js';
import { importerOf, RosterImports } from './roster-imports.js';
import { templateColumns } from './roster.columns.js';
import { importForm, importRowsQuery, OUTCOMES } from './roster.forms.js';

/** Upload, look, decide what only a person can, confirm. */
@Controller('roster/imports')
@Allow('roster.import')
export class RosterImportsController {
  constructor(
    private readonly preview: PreviewRosterImport,
    private readonly decide: DecideRosterRows,
    private readonly confirmImport: ConfirmRosterImport,
    private readonly imports: RosterImports,
    private readonly choices: AgencyChoices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  async form(@Me() me: Principal, @Lang() lang: Language) {
    return this.newPage(lang, me, emptyForm());
  }

  /** An empty workbook with the right headings, and the words for groups on a sheet of its own. */
  @Get('template.xlsx')
  template(@Lang() lang: Language) {
    const words = {
      name: text(lang, 'roster.field-group'),
      columns: [{ header: text(lang, 'roster.field-group'), value: (word: string) => word, width: 40 }],
      rows: TARGET_GROUPS.map((group) => (lang === 'en' ? group : text(lang, `roster.groups.${group}`))),
    };
    return xlsxDownload(
      lang === 'vi' ? 'mau-danh-sach' : 'roster-template',
      sheetOf({ name: text(lang, 'roster.sheet'), columns: templateColumns(lang), rows: [] }),
      sheetOf(words),
    );
  }

  @Post()
  async create(@Req() request: FastifyRequest, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(
      lang,
      request.body,
      async () => {
        const { agency, mode } = readForm(importForm, request.body);
        const created = await this.preview.run(
          uploadOf(request, 'file'),
          agency,
          mode,
          scopeRoots(me.grants, 'roster.import'),
          me.accountId,
        );
        return redirectTo(`/roster/imports/${created}`);
      },
      (form) => this.newPage(lang, me, form),
    );
  }

  @Get(':id')
  async one(@Param('id') importId: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.show(readForm(id(), importId), query, me, lang, emptyForm());
  }

  @Post(':id/decisions')
  async decisions(
    @Param('id') importId: string,
    @Body() body: Record<string, unknown>,
    @Me() me: Principal,
    @Lang() lang: Language,
  ) {
    const number = readForm(id(), importId);
    return formAgain(
      lang,
      body,
      async () => {
        await this.decide.run(number, readDecisions(body), scopeRoots(me.grants, 'roster.import'), me.accountId);
        const outcome = OUTCOMES.find((name) => name === body.outcome);
        return redirectTo(`/roster/imports/${number}${outcome ? `?outcome=${outcome}` : ''}`, {
          key: 'roster.import.decided',
        });
      },
      (form) => this.show(number, {}, me, lang, form),
    );
  }

  @Post(':id/confirm')
  async confirm(@Param('id') importId: string, @Me() me: Principal, @Lang() lang: Language) {
    const number = readForm(id(), importId);
    return formAgain(lang, {}, async () => {
      const counts = await this.confirmImport.run(number, scopeRoots(me.grants, 'roster.import'), me.accountId);
      return redirectTo(`/roster/imports/${number}`, {
        key: 'roster.import.done', params: { new: counts.new, changed: counts.changed, leaving: counts.leaving },
      });
    }, (form) => this.show(number, {}, me, lang, form));
  }

  private async newPage(lang: Language, me: Principal, form: FormState): Promise<Page> {
    const tx = this.database.reader;
    const agencies = await this.choices.of(tx, scopeRoots(me.grants, 'roster.import'), this.clock.today(), lang);
    return page('roster/import-new', {
      title: text(lang, 'roster.import.title'),
      at: 'roster',
      wide: true,
      form,
      agencies,
      latest: await this.imports.latest(tx, me.accountId),
      values: { agency: form.values.agency ?? agencies[0]?.value ?? '', mode: form.values.mode ?? 'update' },
      modes: (['update', 'complete'] as const).map((mode) => ({
        value: mode,
        label: text(lang, `roster.import.modes.${mode}`),
        hint: text(lang, `roster.import.mode-hints.${mode}`),
      })),
      crumbs: [
        { href: '/roster', label: text(lang, 'roster.title') },
        { href: '', label: text(lang, 'roster.import.title') },
      ],
    });
  }

  private async show(importId: number, query: unknown, me: Principal, lang: Language, form: FormState): Promise<Page> {
    const asked = readForm(importRowsQuery, query);
    const entry = await this.imports.page(this.database.reader, importId, importerOf(me), asked);
    return page('roster/import', rosterImportPage(entry, asked.outcome, lang, this.clock.today(), form));
  }
}

/** `decision-12=345`, `decision-13=new`: one field a row. Rows left open are left open. */
function readDecisions(body: Record<string, unknown>): Map<number, Decision> {
  const decisions = new Map<number, Decision>();
  for (const [name, value] of Object.entries(body)) {
    const line = /^decision-(\d{1,7})$/.exec(name)?.[1];
    if (!line || typeof value !== 'string' || value === '') continue;
    if (value === 'new' || value === 'skip') decisions.set(Number(line), value);
    else if (/^\d{1,15}$/.test(value)) decisions.set(Number(line), { same: Number(value) });
    else throw badFields([{ field: name, code: 'choice-unknown' }]);
  }
  if (decisions.size === 0) throw badFields([{ code: 'nothing-decided' }]);
  return decisions;
}
