import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Api } from '../platform/http/api.js';
import { id, readForm } from '../platform/http/forms.js';
import { uploadOf } from '../platform/http/uploads.js';
import { lastDay } from '../rules/civil-date.js';
import type { Decision } from '../rules/roster-plan.js';
import { scopeRoots } from '../rules/scope.js';
import { sentence } from '../web/index.js';
import { ConfirmRosterImport } from './confirm-roster-import.js';
import { DecideRosterRows } from './decide-roster-rows.js';
import { PreviewRosterImport } from './preview-roster-import.js';
import { confirmedAnswer, decisionsForm, importAnswer, importForm, importRowsQuery } from './roster.forms.js';
import { importerOf, RosterImports, type RosterImportPage, type ShownImportRow } from './roster-imports.js';

@Controller('api/v1/roster/imports')
@Allow('roster.import')
export class RosterImportsApiController {
  constructor(
    private readonly preview: PreviewRosterImport,
    private readonly decide: DecideRosterRows,
    private readonly confirmImport: ConfirmRosterImport,
    private readonly imports: RosterImports,
    private readonly database: Database,
  ) {}

  @Post()
  @Api({
    summary: 'Read a roster file and show what it would do to whom; nothing is applied',
    status: 201,
    answer: importAnswer,
    upload: {
      file: 'CSV or XLSX',
      agency: 'Code of the agency whose roster it is',
      mode: '`update` (default) or `complete`: absent people are leaving',
    },
  })
  async create(@Req() request: FastifyRequest, @Me() me: Principal, @Lang() lang: Language) {
    const { agency, mode } = readForm(importForm, request.body);
    const created = await this.preview.run(
      uploadOf(request, 'file'),
      agency,
      mode,
      scopeRoots(me.grants, 'roster.import'),
      me.accountId,
    );
    return shown(await this.imports.page(this.database.reader, created, importerOf(me), { limit: 100 }), lang);
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
        importerOf(me),
        readForm(importRowsQuery, query),
      ),
      lang,
    );
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @Api({
    summary: 'Say who is meant by rows of which only the name agreed: a candidate, `new`, or `skip`',
    params: { id: 'Import' },
    body: decisionsForm,
    answer: importAnswer,
  })
  async decisions(@Param('id') importId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const number = readForm(id(), importId);
    const { decisions } = readForm(decisionsForm, body);
    const byLine = new Map(
      decisions.map(({ line, person }): [number, Decision] => [
        line,
        typeof person === 'number' ? { same: person } : person,
      ]),
    );
    await this.decide.run(number, byLine, scopeRoots(me.grants, 'roster.import'), me.accountId);
    return shown(await this.imports.page(this.database.reader, number, importerOf(me), { limit: 100 }), lang);
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
    const counts = await this.confirmImport.run(number, scopeRoots(me.grants, 'roster.import'), me.accountId);
    return { id: number, status: 'confirmed', counts };
  }
}

function shown(page: RosterImportPage, lang: Language) {
  return {
    id: page.id, agency: page.agency.code, mode: page.mode, status: page.status, counts: page.counts, next: page.next,
    rows: page.rows.map((row) => ({
      line: row.line > 0 ? row.line : null, outcome: row.outcome, ...facts(row), changes: row.reading.changes,
      problems: row.problems.map((problem) => ({ ...problem, detail: sentence(lang, problem.code, problem.params) })),
      candidates: row.candidates.map((person) => ({
        personId: person.id, fullName: person.fullName, birthDate: person.birthDate,
        post: person.post ? `${person.post.positionTitle}, ${person.post.agency.path[lang]}` : '',
      })),
    })),
  };
}

function facts({ reading: { values }, someone }: ShownImportRow) {
  const post = someone?.post;
  return {
    fullName: values?.fullName ?? someone?.fullName ?? '', agencyCode: values?.agencyCode ?? post?.agency.code ?? '',
    positionTitle: values?.positionTitle ?? post?.positionTitle ?? '', group: values?.group ?? post?.group ?? null,
    staffCode: values?.staffCode ?? post?.staffCode ?? '', birthDate: values?.birthDate ?? someone?.birthDate ?? null,
    nationalIdTail: values?.nationalIdTail ?? someone?.nationalIdTail ?? null, from: values?.from ?? post?.from ?? null,
    to: values?.to ? lastDay(values.to) : null,
  };
}
