import type { Subject } from './coverage-scope.js';

export const LEVELS = ['ministry', 'province', 'commune'] as const;
export type Level = (typeof LEVELS)[number];

const CENTRAL = ['ministry', 'ministerial-agency', 'government-agency'];
const PROVINCIAL = ['province', 'city'];
const LOCAL = ['commune', 'ward', 'special-zone'];

/** Which agencies get a row: those of some types however deep, and all that stand at a depth below the subject. */
export interface Shown {
  types: string[];
  depth: number | null;
  /** Whether the subject itself may be a row. */
  self: boolean;
}

/**
 * The rows of a table. Without a level: one below what is looked at; for the whole country the ministries and agencies
 * beside the provinces and cities, for somebody who answers for several agencies these.
 */
export function shownAgencies(subject: Subject, level?: Level): Shown {
  const type = subject.agency?.type ?? null;
  if (level === 'ministry') return { types: CENTRAL, depth: null, self: true };
  if (level === 'province') return { types: PROVINCIAL, depth: null, self: true };
  if (level === 'commune') {
    if (type !== null && LOCAL.includes(type)) return { types: [], depth: 0, self: true };
    // Departments and units stand beside the communes of a province, but not thousands of them beside those of a country.
    return { types: LOCAL, depth: type === null || type === 'nation' ? null : 1, self: true };
  }
  if (type === null) return { types: [], depth: 0, self: true };
  if (type === 'nation') return { types: [...CENTRAL, ...PROVINCIAL], depth: null, self: false };
  return { types: LOCAL, depth: 1, self: false };
}
