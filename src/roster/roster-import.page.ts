import type { Language } from '../platform/config.js';
import { hasText, text } from '../platform/texts.js';
import { lastDay, showDate, type CivilDate } from '../rules/civil-date.js';
import type { Change, RosterOutcome } from '../rules/roster-plan.js';
import { sentence, type FormState, type PageFacts } from '../web/index.js';
import { OUTCOMES } from './roster.forms.js';
import type { RosterImportPage, ShownImportRow, Someone } from './roster-imports.js';

const ORDER: RosterOutcome[] = ['error', 'duplicate', 'leaving', 'changed', 'new', 'unchanged'];
const TONES: Record<RosterOutcome, string> = {
  new: 'ok',
  changed: 'wait',
  unchanged: 'none',
  leaving: 'late',
  duplicate: 'wait',
  error: 'late',
};

/** What an import would do, or did, in words and numbers. */
export function rosterImportPage(
  entry: RosterImportPage,
  outcome: RosterOutcome | undefined,
  lang: Language,
  today: CivilDate,
  form: FormState,
): PageFacts {
  const base = `/roster/imports/${entry.id}`;
  const { counts } = entry;
  const total = OUTCOMES.reduce((sum, name) => sum + counts[name], 0);
  const toApply = counts.new + counts.changed + counts.leaving;
  const waiting = entry.status === 'previewed';
  const rows = entry.rows.map((row) => shownRow(row, lang, waiting));
  const key = waiting ? 'preview-title' : 'confirmed-title';
  return {
    title: text(lang, `roster.import.${key}`, { count: toApply, decide: counts.duplicate, errors: counts.error }),
    at: 'roster', wide: true, entry, form, base, toApply, waiting, today,
    agency: entry.agency.path[lang],
    crumbs: [
      { href: '/roster', label: text(lang, 'roster.title') },
      { href: '/roster/imports/new', label: text(lang, 'roster.import.title') },
      { href: '', label: entry.fileName },
    ],
    tabs: [
      { href: base, label: text(lang, 'roster.import.all'), count: total, current: outcome === undefined },
      ...ORDER.filter((name) => counts[name] > 0 || name === outcome).map((name) => ({
        href: `${base}?outcome=${name}`,
        label: text(lang, `roster.outcomes.${name}`),
        count: counts[name],
        current: outcome === name,
      })),
    ],
    outcome: outcome ?? '',
    // What a person must decide stands in cards above, where there is room to compare; the rest in the table.
    any: rows.length > 0,
    open: rows.filter((row) => row.decide),
    rows: rows.filter((row) => !row.decide),
    next: entry.next
      ? `${base}?${new URLSearchParams({ ...(outcome ? { outcome } : {}), cursor: entry.next }).toString()}`
      : null,
  };
}

function shownRow(row: ShownImportRow, lang: Language, waiting: boolean) {
  const { values } = row.reading;
  const post = row.someone?.post;
  const group = values?.group ?? post?.group;
  const decision = row.reading.decision;
  return {
    line: row.line > 0 ? row.line : null,
    name: values?.fullName ?? row.someone?.fullName ?? '',
    title: values?.positionTitle ?? post?.positionTitle ?? '',
    agency: row.where?.path[lang] ?? values?.agencyCode ?? '',
    group: group ? text(lang, `roster.groups.${group}`) : '',
    staffCode: values?.staffCode ?? post?.staffCode ?? '',
    outcome: text(lang, `roster.outcomes.${row.outcome}`), tone: TONES[row.outcome], wrong: row.outcome === 'error',
    changes: row.reading.changes.map((change) => changeText(change, lang)),
    problems: row.problems.map((problem) => {
      const said = sentence(lang, problem.code, problem.params);
      const column = `roster.columns.${problem.column}`;
      return problem.column && hasText(lang, column)
        ? text(lang, 'roster.import.problem', { column: text(lang, column), problem: said })
        : said;
    }),
    decide:
      waiting && row.candidates.length > 0 && row.line > 0
        ? {
            name: `decision-${row.line}`,
            label: text(lang, 'roster.import.who', { name: values?.fullName ?? '' }),
            value: typeof decision === 'object' ? String(decision.same) : (decision ?? ''),
            options: [
              ...row.candidates.map((person) => ({
                value: String(person.id),
                label: person.fullName,
                hint: describeSomeone(person, lang),
              })),
              { value: 'new', label: text(lang, 'roster.import.somebody-new'), hint: '' },
              { value: 'skip', label: text(lang, 'roster.import.skip'), hint: '' },
            ],
          }
        : null,
  };
}

export function describeSomeone(person: Someone, lang: Language): string {
  const parts = [
    person.birthDate ? text(lang, 'roster.born', { date: showDate(person.birthDate) }) : '',
    person.nationalIdTail ? text(lang, 'roster.number-ends', { tail: person.nationalIdTail }) : '',
    person.post ? `${person.post.positionTitle}, ${person.post.agency.path[lang]}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

export function changeText(change: Change, lang: Language): string {
  const show = (raw: string) => {
    if (raw === '') return text(lang, 'roster.nothing');
    if (change.field === 'group') return text(lang, `roster.groups.${raw}`);
    if (change.field === 'birthDate' || change.field === 'from') return showDate(raw);
    if (change.field === 'to') {
      const day = lastDay(raw);
      return day ? showDate(day) : text(lang, 'roster.open-end');
    }
    return raw;
  };
  return text(lang, 'roster.import.change', {
    field: text(lang, `roster.fields.${change.field}`),
    before: show(change.before),
    after: show(change.after),
  });
}
