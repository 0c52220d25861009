import { searchable } from './names.js';

/** What a username may look like. Compared without regard to capitals. */
export const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])$/;

const LONGEST_BASE = 40;

/** `Nguyễn Thị Mẫu` → `nguyen.thi.mau`: as the name is said, so that nobody has to learn a new word. */
export function usernameFor(fullName: string): string {
  const words = searchable(fullName).replace(/[^a-z0-9 ]/g, '').split(' ').filter(Boolean);
  const base = words.join('.').slice(0, LONGEST_BASE).replace(/\.+$/, '');
  return base.length < 3 ? `nguoi.dung${base ? `.${base}` : ''}` : base;
}

/**
 * A username for each name, none of them taken and no two alike: the second `nguyen.thi.mau` is `nguyen.thi.mau2`. The
 * same names and the same taken ones give the same answer. Adds what it proposes to `taken` (lower case).
 */
export function proposeUsernames(fullNames: readonly string[], taken: Set<string>): string[] {
  return fullNames.map((fullName) => {
    const base = usernameFor(fullName);
    let proposal = base;
    for (let number = 2; taken.has(proposal); number += 1) proposal = `${base}${number}`;
    taken.add(proposal);
    return proposal;
  });
}
