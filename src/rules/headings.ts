import { searchable } from './names.js';

/** Which column of a file says what: names of ours, each with the headings people write. */
export type Headings<C extends string> = Record<C, readonly string[]>;

export interface FoundHeadings<C extends string> {
  /** Position of each column that was found, counted from 0. */
  at: Partial<Record<C, number>>;
  /** Headings that mean nothing to us, as written: shown, not refused. */
  unknown: string[];
  /** A column that two headings claim. */
  twice: C[];
}

/** Finds the columns in any order; marks, capitals, underscores and a star for "required" make no difference. */
export function findHeadings<C extends string>(header: readonly string[], headings: Headings<C>): FoundHeadings<C> {
  const byWord = new Map((Object.keys(headings) as C[]).flatMap((column) =>
    [column, ...headings[column]].map((word) => [searchable(word), column] as const)));
  const found: FoundHeadings<C> = { at: {}, unknown: [], twice: [] };
  header.forEach((heading, index) => {
    const plain = searchable(heading);
    const column = byWord.get(plain) ?? byWord.get(searchable(heading.replace(/\(.*?\)/g, '')));
    if (column === undefined) {
      if (plain) found.unknown.push(heading);
    } else if (found.at[column] !== undefined) found.twice.push(column);
    else found.at[column] = index;
  });
  return found;
}
