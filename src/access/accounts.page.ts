import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { grantRoots, ROLES, type Grant } from '../rules/scope.js';
import type { CodeSheet, CodeSheetLine } from './create-accounts-for-people.js';
import type { Obstacle } from './managed-accounts.js';
import type { AccountState, PersonInScope } from './people-in-scope.repository.js';

export const STATES: AccountState[] = ['none', 'waiting', 'active', 'disabled'];
const TONES: Record<AccountState, string> = { none: 'none', waiting: 'wait', active: 'ok', disabled: 'late' };

export interface AccountsView {
  q?: string;
  state?: AccountState;
  role?: string;
}

/** One person as the list and the page of an account show them. */
export function personLine(lang: Language, person: PersonInScope, obstacle: Obstacle | null, view: AccountsView = {}) {
  return {
    ...person,
    href: person.accountId === null ? null : `/accounts/${person.accountId}`,
    posts: person.posts.map((post) => ({ title: post.title, agency: lang === 'vi' ? post.vi : post.en })),
    roles: person.roles.map((role) => ({
      grantId: role.grantId, label: text(lang, `access.role.${role.role}`), agency: (lang === 'vi' ? role.vi : role.en) ?? role.code,
    })),
    stateTone: TONES[person.state],
    stateText: text(lang, `access.state.${person.state}`),
    // Slips that lie on somebody's desk must not become worthless by "tick all": fresh codes only where asked for.
    mayTick: !obstacle && person.state === (isRenewing(view) ? 'waiting' : 'none'),
    obstacle: obstacle && text(lang, `errors.${obstacle}`),
  };
}

/** Whether the list is of those who wait, who can be given fresh codes; else ticking makes accounts. */
export const isRenewing = (view: AccountsView) => view.state === 'waiting';

/** The states as links with how many people each has. */
export function stateTabs(lang: Language, view: AccountsView, counts: Record<AccountState, number>) {
  const all = STATES.reduce((sum, state) => sum + counts[state], 0);
  return [
    { href: accountsHref({ ...view, state: undefined }), label: text(lang, 'access.accounts.all'), count: all, current: !view.state },
    ...STATES.map((state) => ({
      href: accountsHref({ ...view, state }), label: text(lang, `access.state.${state}`), count: counts[state],
      current: view.state === state,
    })),
  ];
}

export function accountsHref(view: AccountsView, cursor?: string | null): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...view, cursor })) if (value) query.set(key, value);
  const list = query.toString();
  return list ? `/accounts?${list}` : '/accounts';
}

export const roleOptions = (lang: Language, roles: readonly string[] = ROLES) =>
  roles.map((role) => ({ value: role, label: text(lang, `access.role.${role}`) }));

/** The roles that somebody may hand out at all. */
export const rolesToGrant = (grants: readonly Grant[]) => ROLES.filter((role) => grantRoots(grants, role).length > 0);

/** The sheet of codes, in the order of the list. */
export function sheetLines(lang: Language, lines: CodeSheetLine[]) {
  return lines.map(({ person, username, code }) => {
    const post = person.posts[0];
    return { name: person.fullName, agency: post ? (lang === 'vi' ? post.vi : post.en) : '', username, code };
  });
}

export function passedOver(lang: Language, sheet: CodeSheet) {
  return sheet.passedOver.map(({ person, reason }) => ({ name: person.fullName, why: text(lang, `errors.${reason}`) }));
}
