import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { csvDownload, sheetOf, xlsxDownload } from '../platform/spreadsheets/index.js';
import { text } from '../platform/texts.js';
import { AskCoverage, type Understood } from './ask-coverage.js';
import { coverageAnswer, coverageSchema } from './coverage-answer.js';
import { aboutFigures, fileLines, figureColumns, lastDay, peopleColumns } from './coverage-files.js';
import { coverageQuery, peopleQuery } from './coverage.forms.js';
import { ListCoveredPeople } from './list-covered-people.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const personSchema = z.object({
  personId: z.number(), name: z.string(), trained: z.boolean(),
  trainedThrough: z.iso.date().nullable().describe('Last day; null: without end, or not trained'),
  posts: z.array(z.object({ title: z.string(), group: z.string(), agency: z.object({ vi: z.string(), en: z.string() }) })),
  criteria: z.array(z.object({ id: z.string(), held: z.number(), minimum: z.number() })).describe('Periods held and needed'),
});

@ApiTags('Coverage')
@Controller('api/v1')
export class CoverageApiController {
  constructor(
    private readonly ask: AskCoverage,
    private readonly people: ListCoveredPeople,
    private readonly clock: Clock,
  ) {}

  @Api({ summary: 'Trained people among the roster, by agency and group, on any day as known on any day', query: coverageQuery, answer: coverageSchema })
  @Allow('coverage.read')
  @Get('coverage')
  async json(@Me() me: Principal, @Query() query: unknown) {
    return coverageAnswer(await this.ask.run(me, readForm(coverageQuery, query)));
  }

  @Api({ summary: 'The same figures as CSV', query: coverageQuery, produces: ['text/csv'] })
  @Allow('coverage.read')
  @Get('coverage.csv')
  async csv(@Me() me: Principal, @Lang() lang: Language, @Query() query: unknown) {
    const table = await this.ask.run(me, readForm(coverageQuery, query));
    return csvDownload(fileName('coverage', table.understood), figureColumns(table, lang, true), fileLines(table));
  }

  @Api({ summary: 'The same figures as a workbook', query: coverageQuery, produces: [XLSX] })
  @Allow('coverage.read')
  @Get('coverage.xlsx')
  async xlsx(@Me() me: Principal, @Lang() lang: Language, @Query() query: unknown) {
    const table = await this.ask.run(me, readForm(coverageQuery, query));
    return xlsxDownload(fileName('coverage', table.understood), sheetOf({
      name: text(lang, 'coverage.title'), about: aboutFigures(table.understood, this.clock.now(), lang),
      columns: figureColumns(table, lang, false), rows: fileLines(table),
    }));
  }

  @Api({
    summary: 'Who stands behind a figure: recorded in the audit trail', query: peopleQuery,
    answer: z.object({ items: z.array(personSchema), next: z.string().nullable() }),
  })
  @Allow('roster.read')
  @Get('coverage/people')
  async who(@Me() me: Principal, @Query() query: unknown) {
    const { items, next } = await this.people.page(me, readForm(peopleQuery, query));
    return {
      items: items.map(({ id, name, trainedTo, posts, criteria }) => ({
        personId: id, name, trained: trainedTo !== null, trainedThrough: lastDay(trainedTo), posts, criteria,
      })),
      next,
    };
  }

  @Api({ summary: 'The same people as CSV', query: peopleQuery, produces: ['text/csv'] })
  @Allow('roster.read')
  @Get('coverage/people.csv')
  async peopleCsv(@Me() me: Principal, @Lang() lang: Language, @Query() query: unknown) {
    const { understood, people } = await this.people.export(me, readForm(peopleQuery, query));
    return csvDownload(fileName('coverage-people', understood), peopleColumns(understood, lang), people);
  }

  @Api({ summary: 'The same people as a workbook', query: peopleQuery, produces: [XLSX] })
  @Allow('roster.read')
  @Get('coverage/people.xlsx')
  async peopleXlsx(@Me() me: Principal, @Lang() lang: Language, @Query() query: unknown) {
    const { understood, people } = await this.people.export(me, readForm(peopleQuery, query));
    return xlsxDownload(fileName('coverage-people', understood), sheetOf({
      name: text(lang, 'coverage.people.title'), about: aboutFigures(understood, this.clock.now(), lang),
      columns: peopleColumns(understood, lang), rows: people,
    }));
  }
}

const fileName = (what: string, { target, moment }: Understood) => `${what}-${target.target}-${moment.asOf}`;
