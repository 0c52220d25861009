import type { Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { holds, type Permission } from '../rules/scope.js';

interface Entry {
  at: string;
  href: string;
  icon: string;
  needs?: Permission;
}

/** In the order shown. On a phone the first four are under the thumb. */
const ENTRIES: Entry[] = [
  { at: 'coverage', href: '/coverage', icon: 'chart', needs: 'coverage.read' },
  { at: 'roster', href: '/roster', icon: 'people', needs: 'roster.read' },
  { at: 'cohorts', href: '/cohorts', icon: 'class', needs: 'cohorts.read' },
  { at: 'marking', href: '/marking', icon: 'pen', needs: 'assignments.mark' },
  { at: 'learning', href: '/learning', icon: 'book' },
  { at: 'certificates', href: '/certificates', icon: 'medal' },
  { at: 'accounts', href: '/accounts', icon: 'key', needs: 'accounts.manage' },
  { at: 'profile', href: '/profile', icon: 'person' },
];

export interface NavItem {
  href: string;
  label: string;
  icon: string;
  current: boolean;
}

export function navigationFor(principal: Principal | null, lang: Language, at: string | undefined): NavItem[] {
  if (!principal) return [];
  return ENTRIES
    .filter((entry) => !entry.needs || holds(principal.grants, entry.needs))
    .map((entry) => ({
      href: entry.href, label: text(lang, `web.nav.${entry.at}`), icon: entry.icon, current: entry.at === at,
    }));
}
