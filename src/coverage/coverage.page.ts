import type { Language } from '../platform/config.js';
import { localText, showNumber, text } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import { pace, type Figure } from '../rules/coverage.js';
import { showRate } from '../web/index.js';
import { RATE_STEPS, tileMap } from '../web/tile-map.js';
import type { AnsweredTable, Understood } from './ask-coverage.js';
import type { CoverageChange } from './coverage-change.js';
import { stateOf } from './coverage-files.js';
import type { CoverageRow, CoverageTable } from './coverage-figures.js';
import type { AgencyName } from './coverage-scope.js';
import type { OverviewQuery } from './coverage.forms.js';

/** How many agencies stand beside the map; all of them stand in the table below. */
const FIRST = 10;

export interface OverviewFacts {
  table: AnsweredTable;
  query: OverviewQuery;
  change: CoverageChange | null;
  path: AgencyName[];
  today: string;
  /** May see who stands behind the figures. */
  mayReadPeople: boolean;
  mayImport: boolean;
}

/** Everything the overview shows, from the figures. */
export function overviewPage({ table, query, change, path, today, mayReadPeople, mayImport }: OverviewFacts, lang: Language) {
  const { target, moment, subject, total, understood } = table;
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `coverage.${key}`, params);
  const href = (changes: Partial<OverviewQuery> = {}) => address('/coverage', { ...query, ...changes });
  const people = (within: string | undefined, state: string) => (mayReadPeople && target.counts === 'people'
    ? address('/coverage/people', { ...query, level: undefined, sort: undefined, within, state }) : null);

  const row = (of: CoverageRow) => ({
    ...of, code: of.agency.code, name: localText(lang, of.agency.name), state: stateOf(of),
    href: href({ within: of.agency.code, level: undefined, sort: undefined }),
    peopleHref: of.gap ? people(of.agency.code, 'not-trained') : null,
  });
  const all = sorted(table.rows, query.sort ?? 'name', lang).map(row);
  const worst = sorted(table.rows, 'gap', lang).filter((of) => of.gap !== null && of.gap > 0).slice(0, FIRST).map(row);
  const provinces = table.rows.filter((of) => of.agency.type === 'province' || of.agency.type === 'city');
  const tiles = subject.agency?.type === 'nation' && query.level !== 'ministry' && query.level !== 'commune'
    ? tileMap(provinces.map((of) => ({ ...row(of), name: shortName(localText(lang, of.agency.name)) })), target.threshold * 10, lang)
    : [];
  const how = (state: string) => all.filter((of) => of.state === state).length;

  const heading = headingOf(total, target.counts, lang);
  return {
    title: heading, heading,
    wide: true,
    at: 'coverage',
    crumbs: path.length > 1 ? path.map((agency, at) => ({
      label: localText(lang, agency.name), href: at === path.length - 1 ? '' : href({ within: agency.code, level: undefined }),
    })) : [],
    scripts: ['filter.js'],
    context: contextOf(understood, lang),
    targetTitle: localText(lang, target.title),
    ahead: moment.asOf > today,
    total, declared: total.rate !== null, threshold: target.threshold,
    counts: say(`of-${target.counts}`, { trained: total.trained, roster: total.roster }),
    aimLabel: say('aim', { year: Number(target.deadline.slice(0, 4)), threshold: target.threshold }),
    aimText: say('aim-text', { rate: showRate(lang, total.rate), threshold: target.threshold }),
    pace: paceOf(total, moment.asOf, target.deadline, lang),
    completions: target.counts === 'headcount' ? say('completions', { count: total.completions ?? 0 }) : null,
    states: (['met', 'not-met', 'undeclared'] as const).map((state) => ({ state, text: say(`count-${state}`, { count: how(state) }), count: how(state) }))
      .filter((state) => state.count > 0),
    groups: total.byGroup.length > 1
      ? total.byGroup.map((group) => ({ ...group, label: say(`group.${group.group}`) })) : [],
    worst: all.length > FIRST ? worst : [],
    more: all.length - worst.length,
    all,
    rowsTitle: say(subject.agency?.type === 'nation' && !query.level ? 'rows-nation' : 'rows', { count: all.length }),
    groupHeads: total.byGroup.map((group) => say(`group.${group.group}`)),
    sorts: Object.fromEntries((['name', 'rate', 'gap'] as const).map((sort) => [sort, {
      href: `${href({ sort })}#all`,
      direction: (query.sort ?? 'name') !== sort ? undefined : sort === 'gap' ? 'descending' : 'ascending',
    }])),
    open: all.length <= FIRST || query.sort !== undefined,
    reconciliation: reconciliationOf(table, lang),
    tiles,
    legend: RATE_STEPS.map((from, at) => ({ step: at + 1, label: stepLabel(from, RATE_STEPS[at + 1] ?? target.threshold * 10, say) })),
    metLabel: say('met-from', { threshold: target.threshold }),
    change: change && (change.rosterBefore > 0 || change.roster > 0) ? changeOf(change, lang) : null,
    peopleHref: total.gap === null ? null : people(query.within, 'not-trained'),
    notTrained: total.roster - total.trained,
    trainedHref: total.trained > 0 ? people(query.within, 'trained') : null,
    csvHref: address('/api/v1/coverage.csv', { ...query, sort: undefined }),
    xlsxHref: address('/api/v1/coverage.xlsx', { ...query, sort: undefined }),
    importHref: mayImport && target.counts === 'people' ? '/roster/imports/new' : null,
    counting: target.counts,
    rule: { version: target.ruleVersion, note: localText(lang, target.note), basis: localText(lang, target.legalBasis),
      criteria: target.criteria.map((criterion) => say('criterion', { title: localText(lang, criterion.title), minimum: criterion.minimum })) },
    filter: filterOf(understood, query, lang),
  };
}

/** The sentence that answers: are we there? */
export function headingOf(total: Figure, counts: 'people' | 'headcount', lang: Language): string {
  const state = stateOf(total);
  return text(lang, `coverage.heading-${counts}.${state}`, { gap: total.gap ?? 0, rate: showRate(lang, total.rate) });
}

/** What the figures are of: where, which group, of which day, as known when. */
export function contextOf({ moment, subject, group }: Understood, lang: Language): string {
  return text(lang, 'coverage.context', {
    place: subject.agency ? localText(lang, subject.agency.name) : text(lang, 'coverage.several'),
    group: group === undefined ? 'none' : text(lang, `coverage.group.${group}`),
    asOf: showDate(moment.asOf), knownAs: showDate(moment.knownAs),
  });
}

/** The choices of the filter form. Values that were typed stand as they were. */
export function filterOf({ targets, target, moment }: Understood, query: Partial<Record<'asOf' | 'knownAs' | 'within' | 'group' | 'level', string>>, lang: Language) {
  return {
    targets: targets.map((each) => ({ value: each.target, label: localText(lang, each.title), selected: each === target })),
    groups: target.groups.map((group) => ({ value: group, label: text(lang, `coverage.group.${group}`) })),
    asOf: query.asOf ?? moment.asOf, knownAs: query.knownAs ?? moment.knownAs,
    group: query.group, within: query.within, level: query.level,
  };
}

/** An address with what was chosen; what was not chosen is left out, so that a bookmark of today shows every today. */
export function address(path: string, query: Record<string, string | undefined>): string {
  const chosen = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return chosen.length === 0 ? path : `${path}?${new URLSearchParams(chosen).toString()}`;
}

const KIND_ORDER = ['ministry', 'ministerial-agency', 'government-agency', 'province', 'city'];

function sorted(list: CoverageRow[], by: 'gap' | 'rate' | 'name', lang: Language): CoverageRow[] {
  const kind = (row: CoverageRow) => Math.min(3, (KIND_ORDER.indexOf(row.agency.type) + 6) % 6);
  const name = (a: CoverageRow, b: CoverageRow) => kind(a) - kind(b)
    || shortName(localText(lang, a.agency.name)).localeCompare(shortName(localText(lang, b.agency.name)), lang);
  // Nobody declared is neither the best nor the worst: at the end.
  const last = (a: CoverageRow, b: CoverageRow) => Number(a.rate === null) - Number(b.rate === null);
  const orders = {
    name,
    rate: (a: CoverageRow, b: CoverageRow) => last(a, b) || (a.rate ?? 0) - (b.rate ?? 0) || name(a, b),
    gap: (a: CoverageRow, b: CoverageRow) => last(a, b) || (b.gap ?? 0) - (a.gap ?? 0) || (a.rate ?? 0) - (b.rate ?? 0) || name(a, b),
  };
  return [...list].sort(orders[by]);
}

/** Without the word for what it is, as it stands on a map and as lists are sorted. */
export function shortName(name: string): string {
  return name.replace(/^(Thủ đô|Thành phố|Tỉnh|Phường|Xã|Đặc khu) (?=\p{Lu})/u, '').replace(/ (Province|City|Municipality)$/, '');
}

function paceOf(total: Figure, asOf: string, deadline: string, lang: Language): string | null {
  if (!total.gap) return null;
  const perMonth = pace(total.gap, asOf, deadline);
  if (perMonth === null) return text(lang, 'coverage.deadline-over', { deadline: showDate(deadline) });
  return text(lang, 'coverage.pace', { perMonth, deadline: deadline.slice(0, 7).split('-').reverse().join('/') });
}

/** Why the total is not the sum of the rows, in words; null where it is. */
function reconciliationOf({ overlap, outside, rows }: CoverageTable, lang: Language): string | null {
  if (!overlap || !outside || rows.length === 0) return null;
  const parts = [
    overlap.roster > 0 ? text(lang, 'coverage.overlap', { count: overlap.roster }) : '',
    outside.roster > 0 ? text(lang, 'coverage.outside', { count: outside.roster }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? `${text(lang, 'coverage.not-the-sum')} ${parts.join(' ')}` : null;
}

function stepLabel(from: number, to: number, say: (key: string, params: Record<string, unknown>) => string): string {
  return from === 0 ? say('step-first', { to: to / 10 }) : say('step', { from: from / 10, to: to / 10 });
}

function changeOf(change: CoverageChange, lang: Language) {
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `coverage.change.${key}`, params);
  const signed = (value: number) => (value === 0 ? '0' : `${value > 0 ? '+' : '−'}${showNumber(lang, Math.abs(value))}`);
  const points = change.ratePoints;
  return {
    title: points === null ? say('title-plain', { since: showDate(change.since) }) : say('title', {
      since: showDate(change.since),
      points: points === 0 ? showTenths(0, lang) : `${points > 0 ? '+' : '−'}${showTenths(Math.abs(points), lang)}`,
    }),
    lines: [
      { label: say('before', { since: showDate(change.since) }), value: showNumber(lang, change.trainedBefore) },
      { label: say('newly-trained'), value: signed(change.newlyTrained) },
      { label: say('expired'), value: signed(-change.expired) },
      { label: say('came', { count: change.added }), value: signed(change.addedTrained) },
      { label: say('went', { count: change.removed }), value: signed(-change.removedTrained) },
    ],
    total: { label: say('now'), value: showNumber(lang, change.trained) },
  };
}

const showTenths = (tenths: number, lang: Language) => `${Math.floor(tenths / 10)}${lang === 'vi' ? ',' : '.'}${tenths % 10}`;
