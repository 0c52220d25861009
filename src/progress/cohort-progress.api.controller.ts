import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { cohortJson, cohortSchema, idIn } from '../cohorts/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { csvDownload, xlsxDownload } from '../platform/spreadsheets/index.js';
import { text } from '../platform/texts.js';
import { Programmes } from '../programmes/index.js';
import { classColumns } from './class-board.columns.js';
import { boardQuery, exportQuery } from './class-board.forms.js';
import type { ClassMember } from './class-board.repository.js';
import { ReadClassBoard } from './read-class-board.js';

const count = z.number().int();
const courseSchema = z.object({
  code: z.string(), slug: z.string(), required: z.boolean(), lessons: count, lessonsFinished: count,
  quiz: z.enum(['not-asked', 'none', 'under-way', 'failed', 'none-left', 'passed']), score: z.number().nullable(),
  assignment: z.enum(['not-asked', 'none', 'waiting', 'not-passed', 'passed']), completedOn: z.iso.date().nullable(),
});
const memberSchema = z.object({
  personId: count, name: z.string(),
  agency: z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string().optional() }) }).nullable(),
  state: z.enum(['done', 'waiting', 'studying', 'not-begun']), late: z.boolean(), percent: count, due: z.iso.date(),
  extended: z.boolean(), lastActivity: z.iso.datetime().nullable(),
  movedOn: z.iso.date().nullable().describe('No longer in the caller’s agencies since; shown as of the end of the day before'),
  courses: z.array(courseSchema),
});
const answer = z.object({
  cohort: cohortSchema, asOf: z.iso.datetime(),
  counts: z.object({ total: count, done: count, waiting: count, studying: count, notBegun: count, moved: count, late: count }),
  items: z.array(memberSchema), next: z.string().nullable(),
});
const ID = { id: 'Of the class' };

@ApiTags('cohorts')
@Controller('api/v1/cohorts/:id')
export class CohortProgressApiController {
  constructor(
    private readonly boards: ReadClassBoard,
    private readonly programmes: Programmes,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  @Allow('cohorts.read')
  @Get('progress')
  @Api({ summary: 'Where everybody in a class stands, by given name', params: ID, query: boardQuery, answer })
  async read(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal): Promise<z.output<typeof answer>> {
    const now = this.clock.now();
    const { cohort, counts, items, next } = await this.boards.board(me, idIn(id), readForm(boardQuery, query), now);
    return { cohort: cohortJson(cohort), asOf: now.toISOString(), counts, items: items.map(memberJson), next };
  }

  @Allow('cohorts.read')
  @Get('progress.csv')
  @Api({ summary: 'The same as CSV, everybody', params: ID, query: exportQuery, produces: ['text/csv'] })
  async csv(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const { name, columns, rows } = await this.exported(me, idIn(id), query, 'csv', lang);
    return csvDownload(name, columns, rows);
  }

  @Allow('cohorts.read')
  @Get('progress.xlsx')
  @Api({
    summary: 'The same as a workbook, everybody', params: ID, query: exportQuery,
    produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  })
  async xlsx(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const { name, columns, rows } = await this.exported(me, idIn(id), query, 'xlsx', lang);
    return xlsxDownload(name, { name: text(lang, 'progress.export.sheet'), columns, rows });
  }

  private async exported(me: Principal, id: number, query: unknown, format: 'csv' | 'xlsx', lang: Language) {
    const wish = readForm(exportQuery, query);
    const now = this.clock.now();
    const { cohort } = await this.boards.board(me, id, { ...wish, limit: 1 }, now);
    const programme = await this.programmes.version(this.database.reader, cohort.programme.versionId);
    const codes = programme.courses
      .filter((course) => course.courseId !== null && course.requirement !== 'preparation').map((course) => course.code);
    // A list of names and results leaves the system here: who took it stands in the record.
    await this.database.inTransaction((tx) => this.audit.record(tx, {
      action: 'cohort.progress-exported', subjectKind: 'cohort', subjectId: id, agencyId: cohort.agencyId,
      details: { format, ...(wish.state ? { state: wish.state } : {}) },
    }));
    return { name: `lop-${id}`, columns: classColumns(codes, lang), rows: this.boards.everybody(me, id, wish, now) };
  }
}

export function memberJson(member: ClassMember): z.output<typeof memberSchema> {
  const { personId, name, agency, state, late, percent, due, extended, leftOn, lastAt, courses } = member;
  return {
    personId, name, agency, state, late, percent, due, extended, lastActivity: lastAt?.toISOString() ?? null, movedOn: leftOn,
    courses: courses.map(({ code, slug, required, lessons, lessonsFinished, quiz, score, assignment, completedOn }) =>
      ({ code, slug, required, lessons, lessonsFinished, quiz, score, assignment, completedOn })),
  };
}
