import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Api } from '../platform/http/api.js';
import { id, readForm } from '../platform/http/forms.js';
import { uploadOf } from '../platform/http/uploads.js';
import { scopeRoots } from '../rules/scope.js';
import { sentence } from '../web/index.js';
import { confirmedAnswer, importAnswer, importForm, importRowsQuery } from './agencies.forms.js';
import { AgencyImports, type AgencyImportPage } from './agency-imports.js';
import { ConfirmAgenciesImport } from './confirm-agencies-import.js';
import { PreviewAgenciesImport } from './preview-agencies-import.js';

@Controller('api/v1/agencies/imports')
@Allow('agencies.import')
export class AgencyImportsApiController {
  constructor(
    private readonly preview: PreviewAgenciesImport,
    private readonly confirmImport: ConfirmAgenciesImport,
    private readonly imports: AgencyImports,
    private readonly database: Database,
  ) {}

  @Post()
  @Api({
    summary: 'Read a list of agencies and show what it would do; nothing is applied', status: 201, answer: importAnswer,
    upload: { file: 'CSV or XLSX', effective: 'From when rows hold that do not say so (YYYY-MM-DD)' },
  })
  async create(@Req() request: FastifyRequest, @Me() me: Principal, @Lang() lang: Language) {
    const { effective } = readForm(importForm, request.body);
    const created = await this.preview.run(
      uploadOf(request, 'file'),
      scopeRoots(me.grants, 'agencies.import'),
      me.accountId,
      effective,
    );
    return shown(await this.imports.page(this.database.reader, created, me.accountId, { limit: 100 }), lang);
  }

  @Get(':id')
  @Api({
    summary: 'What an import would do, by outcome',
    params: { id: 'Import' },
    query: importRowsQuery,
    answer: importAnswer,
  })
  async one(@Param('id') importId: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return shown(
      await this.imports.page(
        this.database.reader,
        readForm(id(), importId),
        me.accountId,
        readForm(importRowsQuery, query),
      ),
      lang,
    );
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Api({
    summary: 'Apply what was shown; a second time changes nothing',
    params: { id: 'Import' },
    answer: confirmedAnswer,
  })
  async confirm(@Param('id') importId: string, @Me() me: Principal) {
    const number = readForm(id(), importId);
    const counts = await this.confirmImport.run(number, scopeRoots(me.grants, 'agencies.import'), me.accountId);
    return { id: number, status: 'confirmed', counts };
  }
}

function shown(page: AgencyImportPage, lang: Language) {
  return {
    id: page.id, status: page.status, counts: page.counts, next: page.next,
    rows: page.rows.map(({ line, outcome, reading, from, changes, problems }) => ({
      line,
      outcome,
      code: reading.code,
      name: reading.nameVi,
      type: reading.type,
      parent: reading.parentCode,
      from,
      changes,
      problems: problems.map((problem) => ({ ...problem, detail: sentence(lang, problem.code, problem.params) })),
    })),
  };
}
