import type { Language } from '../platform/config.js';
import type { Column } from '../platform/spreadsheets/index.js';
import { text } from '../platform/texts.js';
import { FOREVER, lastDay } from '../rules/civil-date.js';
import { ROSTER_COLUMNS, type RosterColumn } from '../rules/roster-reading.js';
import type { RosterEntry } from './roster-list.js';

/**
 * What a roster says when it is handed out. The headings are those that an import understands, so a file can come
 * back.
 */
export function rosterColumns(lang: Language): Column<RosterEntry>[] {
  const heading = (column: RosterColumn) => rosterHeading(lang, column);
  return [
    { header: heading('full_name'), value: (row) => row.fullName, width: 28 },
    { header: heading('birth_date'), value: (row) => row.birthDate, kind: 'date' },
    { header: heading('staff_code'), value: (row) => row.staffCode, width: 14 },
    { header: heading('agency_code'), value: (row) => row.agency.code, width: 14 },
    { header: text(lang, 'roster.agency'), value: (row) => row.agency.path[lang], width: 44 },
    { header: heading('position_title'), value: (row) => row.positionTitle, width: 32 },
    { header: heading('group'), value: (row) => text(lang, `roster.groups.${row.group}`), width: 26 },
    { header: heading('from'), value: (row) => row.from, kind: 'date' },
    { header: heading('to'), value: (row) => lastDay(row.to) ?? FOREVER, kind: 'date' },
    { header: text(lang, 'roster.on-leave'), value: (row) => (row.onLeave ? text(lang, 'roster.yes') : ''), width: 14 },
    { header: heading('email'), value: (row) => row.email, width: 28 },
    { header: heading('phone'), value: (row) => row.phone, width: 16 },
  ];
}

/** A heading as a person writes it; in English the column's own name. */
export function rosterHeading(lang: Language, column: RosterColumn): string {
  return lang === 'en' ? column : text('vi', `roster.headings.${column}`);
}

/** An empty table to fill in. */
export function templateColumns(lang: Language): Column<never>[] {
  return (Object.keys(ROSTER_COLUMNS) as RosterColumn[]).map((column) => ({
    header: rosterHeading(lang, column),
    value: () => '',
    width: 20,
  }));
}
