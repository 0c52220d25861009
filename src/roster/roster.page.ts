import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { lastDay, type CivilDate } from '../rules/civil-date.js';
import { TARGET_GROUPS } from '../rules/target-groups.js';
import type { PageFacts } from '../web/index.js';
import type { RosterEntry } from './roster-list.js';
import type { RosterFilter } from './roster-queries.js';

/** Options of a group field, in the reader's language. */
export const groupOptions = (lang: Language) =>
  TARGET_GROUPS.map((group) => ({ value: group, label: text(lang, `roster.groups.${group}`) }));

interface Shown {
  lang: Language;
  filter: RosterFilter;
  today: CivilDate;
  entries: RosterEntry[];
  next: string | null;
  count: { people: number; posts: number };
  /** The agencies that may be chosen in the filter: those at the head of one's part of the tree and just below. */
  agencies: { value: string; label: string }[];
  mayImport: boolean;
  openReports: number;
}

export function rosterPage({
  lang,
  filter,
  today,
  entries,
  next,
  count,
  agencies,
  mayImport,
  openReports,
}: Shown): PageFacts {
  const asked = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const link = (path: string, more: Record<string, string> = {}) => {
    const search = new URLSearchParams([...asked, ...Object.entries(more)]).toString();
    return search ? `${path}?${search}` : path;
  };
  const on = filter.asOf ?? today;
  return {
    title: text(lang, 'roster.count', { people: count.people, posts: count.posts, double: count.posts - count.people }),
    at: 'roster', wide: true, mayImport, openReports, count, on,
    past: on !== today,
    filtered: asked.length > 0,
    form: { q: filter.q ?? '', agency: filter.agency ?? '', group: filter.group ?? '', asOf: filter.asOf ?? '' },
    agencies, groups: groupOptions(lang),
    entries: entries.map((entry) => ({
      name: entry.fullName,
      href: `/roster/people/${entry.personId}`,
      staffCode: entry.staffCode,
      title: entry.positionTitle,
      agency: entry.agency.path[lang],
      group: text(lang, `roster.groups.${entry.group}`),
      onLeave: entry.onLeave,
      from: entry.from,
      until: lastDay(entry.to),
    })),
    next: next ? link('/roster', { cursor: next }) : null,
    csv: link('/roster.csv'), xlsx: link('/roster.xlsx'),
  };
}
