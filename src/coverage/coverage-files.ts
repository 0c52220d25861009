import type { Language } from '../platform/config.js';
import type { CellValue, Column } from '../platform/spreadsheets/index.js';
import { localText, text } from '../platform/texts.js';
import { addDays, FOREVER } from '../rules/civil-date.js';
import type { CoverageRow, CoverageTable } from './coverage-figures.js';
import type { CoveredPerson } from './list-covered-people.js';
import type { Understood } from './ask-coverage.js';

/** One line of the files: a row of the table, or its total on top. */
type Line = Omit<CoverageRow, 'agency'> & { agency: CoverageRow['agency'] | null };

export const fileLines = (table: CoverageTable): Line[] =>
  [{ ...table.total, agency: null }, ...table.rows];

const said = (lang: Language) => (key: string, params: Record<string, unknown> = {}) => text(lang, `coverage.${key}`, params);

/** Columns of the CSV and of the sheet. `loose`: for a file that may be read apart from its name, each line says of what it is. */
export function figureColumns(table: CoverageTable, lang: Language, loose: boolean): Column<Line>[] {
  const say = said(lang);
  const groups = table.total.byGroup.map((group) => group.group);
  const of = (line: Line, group: string) => line.byGroup.find((candidate) => candidate.group === group);
  return [
    { header: say('file.code'), value: (line) => line.agency?.code ?? null, width: 22 },
    { header: say('file.agency'), value: (line) => (line.agency ? localText(lang, line.agency.name) : say('total')), width: 40 },
    { header: say('file.type'), value: (line) => (line.agency ? say(`type.${line.agency.type}`) : null), width: 20 },
    { header: say(`file.roster-${table.target.counts}`), value: (line) => line.roster, kind: 'number' },
    { header: say(`file.trained-${table.target.counts}`), value: (line) => line.trained, kind: 'number' },
    { header: say('file.rate'), value: (line) => line.rate, kind: 'rate' },
    { header: say('file.gap'), value: (line) => line.gap, kind: 'number' },
    { header: say('file.state'), value: (line) => say(stateOf(line)), width: 16 },
    ...groups.flatMap((group): Column<Line>[] => [
      { header: say('file.group-roster', { group: say(`group.${group}`) }), value: (line) => of(line, group)?.roster, kind: 'number', width: 16 },
      { header: say('file.group-trained', { group: say(`group.${group}`) }), value: (line) => of(line, group)?.trained, kind: 'number', width: 16 },
      { header: say('file.group-rate', { group: say(`group.${group}`) }), value: (line) => of(line, group)?.rate, kind: 'rate', width: 16 },
    ]),
    ...(table.target.counts === 'headcount'
      ? [{ header: say('file.completions'), value: (line: Line) => line.completions, kind: 'number' as const, width: 16 }] : []),
    ...(loose ? [
      { header: say('file.target'), value: () => table.target.target },
      { header: say('file.as-of'), value: () => table.moment.asOf, kind: 'date' as const },
      { header: say('file.known-as'), value: () => table.moment.knownAs, kind: 'date' as const },
      { header: say('file.rule'), value: () => table.target.ruleVersion, kind: 'number' as const },
    ] : []),
  ];
}

export const stateOf = (figure: { met: boolean | null }): 'met' | 'not-met' | 'undeclared' =>
  (figure.met === null ? 'undeclared' : figure.met ? 'met' : 'not-met');

/** What stands above the table of a workbook: of what it is, of when, by which rule, made when. */
export function aboutFigures({ target, moment, subject, group }: Understood, producedAt: Date, lang: Language): Column<null>[] {
  const say = said(lang);
  const line = (header: string, value: CellValue, kind?: Column<null>['kind']): Column<null> => ({ header, value: () => value, kind });
  return [
    line(say('file.target'), localText(lang, target.title)),
    line(say('file.basis'), localText(lang, target.legalBasis)),
    line(say('file.of'), subject.agency ? localText(lang, subject.agency.name) : say('several')),
    ...(group === undefined ? [] : [line(say('file.group'), say(`group.${group}`))]),
    line(say('file.threshold'), target.threshold * 10, 'rate'),
    line(say('file.as-of'), moment.asOf, 'date'),
    line(say('file.known-as'), moment.knownAs, 'date'),
    line(say('file.rule'), target.ruleVersion, 'number'),
    line(say('file.produced'), producedAt, 'datetime'),
    line(say('file.note'), localText(lang, target.note)),
  ];
}

export function peopleColumns({ target }: Understood, lang: Language): Column<CoveredPerson>[] {
  const say = said(lang);
  const each = (person: CoveredPerson, pick: (post: CoveredPerson['posts'][number]) => string) =>
    [...new Set(person.posts.map(pick))].join('; ');
  return [
    { header: say('file.name'), value: (person) => person.name, width: 28 },
    { header: say('file.position'), value: (person) => each(person, (post) => post.title), width: 28 },
    { header: say('file.agency'), value: (person) => each(person, (post) => localText(lang, post.agency)), width: 40 },
    { header: say('file.group'), value: (person) => each(person, (post) => say(`group.${post.group}`)), width: 24 },
    { header: say('file.state'), value: (person) => say(person.trainedTo === null ? 'people.not-trained' : 'people.trained'), width: 18 },
    // Half-open inside, inclusive in files and on screen.
    { header: say('file.trained-through'), kind: 'date', value: (person) => lastDay(person.trainedTo) },
    ...target.criteria.map(({ id }): Column<CoveredPerson> => ({
      header: say('file.criterion', { id }), kind: 'number', width: 14,
      value: (person) => person.criteria.find((criterion) => criterion.id === id)?.held,
    })),
  ];
}

/** The last day of a half-open period; null where there is none or it has no end. */
export const lastDay = (to: string | null): string | null => (to === null || to === FOREVER ? null : addDays(to, -1));
