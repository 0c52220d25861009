import type { Language } from '../platform/config.js';
import type { Column } from '../platform/spreadsheets/index.js';
import { hasText, showDateTime, showNumber, text, textKeys } from '../platform/texts.js';
import type { FormState, PageFacts } from '../web/index.js';
import type { AuditFilter } from './audit.forms.js';
import type { ReadEntry } from './read-audit.js';

const ACTIONS = 'audit.actions.';

/** Every action that there is, by its sentence, for the filter. */
function actionOptions(lang: Language): { value: string; label: string }[] {
  return textKeys(lang).filter((key) => key.startsWith(ACTIONS))
    .map((key) => ({ value: key.slice(ACTIONS.length), label: text(lang, key) }))
    .sort((a, b) => a.label.localeCompare(b.label, lang));
}

interface Shown {
  lang: Language;
  filter: AuditFilter;
  items: ReadEntry[];
  next: string | null;
  form: FormState;
}

/** Who did what to whom, newest first. */
export function auditPage({ lang, filter, items, next, form }: Shown): PageFacts {
  const asked = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const link = (path: string, more: Record<string, string> = {}) => {
    const search = new URLSearchParams([...asked, ...Object.entries(more)]).toString();
    return search ? `${path}?${search}` : path;
  };
  return {
    title: text(lang, 'audit.title'), at: 'accounts', wide: true,
    crumbs: [{ href: '/accounts', label: text(lang, 'web.nav.accounts') }],
    form: { ...form, values: { ...filter, ...form.values } }, actions: actionOptions(lang),
    filtered: asked.length > 0,
    entries: items.map((entry) => ({
      at: showDateTime(entry.at),
      who: actorOf(lang, entry),
      username: entry.actorUsername,
      what: actionOf(lang, entry),
      subject: subjectOf(lang, entry),
      agency: entry.agency?.path[lang] ?? null,
      details: detailsOf(lang, entry).join('; '),
    })),
    count: items.length,
    next: next ? link('/audit', { cursor: next }) : null,
    csv: link('/audit.csv'),
  };
}

/** The columns of the file: the same words as on the screen, and the number of the request for the logs. */
export function auditColumns(lang: Language): Column<ReadEntry>[] {
  const heading = (name: string) => text(lang, `audit.${name}`);
  return [
    { header: heading('at'), value: (entry) => entry.at, kind: 'datetime' },
    { header: heading('who'), value: (entry) => actorOf(lang, entry) },
    { header: heading('username'), value: (entry) => entry.actorUsername },
    { header: heading('what'), value: (entry) => actionOf(lang, entry) },
    { header: heading('subject'), value: (entry) => subjectOf(lang, entry) },
    { header: heading('agency'), value: (entry) => entry.agency?.path[lang] },
    { header: heading('details'), value: (entry) => detailsOf(lang, entry).join('; ') },
    { header: heading('request'), value: (entry) => entry.requestId },
  ];
}

const actionOf = (lang: Language, { action }: ReadEntry) => text(lang, `${ACTIONS}${action}`);

const actorOf = (lang: Language, { actorName }: ReadEntry) => actorName ?? text(lang, 'audit.system');

function subjectOf(lang: Language, { subjectKind, subjectId, subjectName }: ReadEntry): string {
  return text(lang, `audit.subjects.${subjectKind}`, { id: subjectId, name: subjectName ?? subjectId });
}

/** `vai trò: coordinator`; lists say how many. A detail without words of its own is shown under its own name. */
function detailsOf(lang: Language, { details }: ReadEntry): string[] {
  return Object.entries(details).filter(([, value]) => value !== null && value !== '').map(([name, value]) => {
    const key = `audit.details-of.${name}`;
    return `${hasText(lang, key) ? text(lang, key) : name}: ${valueOf(lang, value)}`;
  });
}

function valueOf(lang: Language, value: unknown): string {
  if (Array.isArray(value)) return value.length > 3 ? text(lang, 'audit.many', { count: value.length }) : value.map((one) => valueOf(lang, one)).join(', ');
  if (typeof value === 'boolean') return text(lang, `audit.${value ? 'yes' : 'no'}`);
  if (typeof value === 'number') return showNumber(lang, value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
