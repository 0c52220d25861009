import type { Language } from '../platform/config.js';
import { hasText, text } from '../platform/texts.js';
import type { AgencyOutcome } from '../rules/agency-import.js';
import { lastDay, showDate } from '../rules/civil-date.js';
import { sentence, type FormState, type PageFacts } from '../web/index.js';
import type { AgencyImportPage } from './agency-imports.js';

const OUTCOMES: AgencyOutcome[] = ['new', 'changed', 'error', 'unchanged'];
const TONES: Record<AgencyOutcome, string> = { new: 'ok', changed: 'wait', unchanged: 'none', error: 'late' };

/** What an import would do, or did, in words. */
export function agencyImportPage(
  entry: AgencyImportPage,
  outcome: AgencyOutcome | undefined,
  lang: Language,
  form: FormState,
): PageFacts {
  const base = `/agencies/imports/${entry.id}`;
  const total = OUTCOMES.reduce((sum, name) => sum + entry.counts[name], 0);
  const toApply = entry.counts.new + entry.counts.changed;
  const value = (field: string, raw: string) => {
    if (field === 'type' && raw) return text(lang, `agencies.types.${raw}`);
    if (field === 'to') return raw === 'infinity' ? text(lang, 'agencies.open-end') : showDate(lastDay(raw) ?? '');
    return raw || text(lang, 'agencies.nothing');
  };
  const title = text(
    lang,
    entry.status === 'confirmed' ? 'agencies.import.confirmed-title' : 'agencies.import.preview-title',
    { count: toApply },
  );
  return {
    title, wide: true,
    crumbs: [
      { href: '/agencies', label: text(lang, 'agencies.title') },
      { href: '/agencies/imports', label: text(lang, 'agencies.import.title') },
      { href: '', label: entry.fileName },
    ],
    entry, form, base, toApply, waiting: entry.status === 'previewed',
    tabs: [
      { href: base, label: text(lang, 'agencies.import.all'), count: total, current: outcome === undefined },
      ...OUTCOMES.map((name) => ({
        href: `${base}?outcome=${name}`,
        label: text(lang, `agencies.outcomes.${name}`),
        count: entry.counts[name],
        current: outcome === name,
      })),
    ],
    rows: entry.rows.map((row) => ({
      line: row.line, code: row.reading.code, name: row.reading.nameVi, parent: row.reading.parentCode, from: row.from,
      type: row.reading.type ? text(lang, `agencies.types.${row.reading.type}`) : '',
      outcome: text(lang, `agencies.outcomes.${row.outcome}`),
      tone: TONES[row.outcome],
      wrong: row.outcome === 'error',
      changes: row.changes.map((change) =>
        text(lang, 'agencies.import.change', {
          field: text(lang, `agencies.fields.${change.field}`),
          before: value(change.field, change.before),
          after: value(change.field, change.after),
        }),
      ),
      problems: row.problems.map((problem) => {
        const key = `agencies.columns.${problem.column}`;
        const said = sentence(lang, problem.code, problem.params);
        return problem.column && hasText(lang, key)
          ? text(lang, 'agencies.import.problem', { column: text(lang, key), problem: said })
          : said;
      }),
    })),
    next: entry.next
      ? `${base}?${new URLSearchParams({ ...(outcome ? { outcome } : {}), cursor: entry.next }).toString()}`
      : null,
  };
}
