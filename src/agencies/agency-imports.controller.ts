import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { id, readForm } from '../platform/http/forms.js';
import { uploadOf } from '../platform/http/uploads.js';
import { text } from '../platform/texts.js';
import { scopeRoots } from '../rules/scope.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { importForm, importRowsQuery } from './agencies.forms.js';
import { AgencyImports } from './agency-imports.js';
import { agencyImportPage } from './agency-import.page.js';
import { ConfirmAgenciesImport } from './confirm-agencies-import.js';
import { PreviewAgenciesImport } from './preview-agencies-import.js';

/** Upload, look, confirm. */
@Controller('agencies/imports')
@Allow('agencies.import')
export class AgencyImportsController {
  constructor(
    private readonly preview: PreviewAgenciesImport,
    private readonly confirmImport: ConfirmAgenciesImport,
    private readonly imports: AgencyImports,
    private readonly database: Database,
  ) {}

  @Get()
  async list(@Me() me: Principal, @Lang() lang: Language) {
    return this.form(lang, me, emptyForm());
  }

  @Post()
  async create(@Req() request: FastifyRequest, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(
      lang,
      request.body,
      async () => {
        const { effective } = readForm(importForm, request.body);
        const created = await this.preview.run(
          uploadOf(request, 'file'),
          scopeRoots(me.grants, 'agencies.import'),
          me.accountId,
          effective,
        );
        return redirectTo(`/agencies/imports/${created}`);
      },
      (form) => this.form(lang, me, form),
    );
  }

  @Get(':id')
  async one(@Param('id') importId: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.show(readForm(id(), importId), query, me, lang, emptyForm());
  }

  @Post(':id/confirm')
  async confirm(@Param('id') importId: string, @Me() me: Principal, @Lang() lang: Language) {
    const number = readForm(id(), importId);
    return formAgain(
      lang,
      {},
      async () => {
        const counts = await this.confirmImport.run(number, scopeRoots(me.grants, 'agencies.import'), me.accountId);
        return redirectTo(`/agencies/imports/${number}`, {
          key: 'agencies.import.done',
          params: { new: counts.new, changed: counts.changed },
        });
      },
      (form) => this.show(number, {}, me, lang, form),
    );
  }

  private async form(lang: Language, me: Principal, form: FormState): Promise<Page> {
    const latest = await this.imports.latest(this.database.reader, me.accountId);
    return page('agencies/imports', {
      title: text(lang, 'agencies.import.title'),
      wide: true,
      crumbs: [
        { href: '/agencies', label: text(lang, 'agencies.title') },
        { href: '', label: text(lang, 'agencies.import.title') },
      ],
      form,
      latest,
    });
  }

  private async show(importId: number, query: unknown, me: Principal, lang: Language, form: FormState): Promise<Page> {
    const asked = readForm(importRowsQuery, query);
    const entry = await this.imports.page(this.database.reader, importId, me.accountId, asked);
    return page('agencies/import', agencyImportPage(entry, asked.outcome, lang, form));
  }
}
