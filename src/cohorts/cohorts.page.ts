import type { Language } from '../platform/config.js';
import { localText, text, type LocalText } from '../platform/texts.js';
import { TARGET_GROUPS } from '../rules/target-groups.js';
import type { ProgrammeVersion } from '../programmes/index.js';
import type { CandidateWish, Choice } from './read-cohorts.js';
import type { Cohort } from './cohorts.repository.js';

/** Pure: facts to what the pages of classes show. Counted paths first: they are what most classes are opened for. */
export const programmeOptions = (programmes: readonly ProgrammeVersion[], lang: Language) =>
  [...programmes].sort((a, b) => Number(b.path !== null) - Number(a.path !== null)).map((programme) => ({ value: programme.slug, label: `${programme.code}. ${localText(lang, programme.title)}` }));

export const agencyOptions = (agencies: readonly Choice[], lang: Language) =>
  agencies.map((agency) => ({ value: agency.code, label: localText(lang, agency.name) }));

export const groupOptions = (lang: Language) =>
  TARGET_GROUPS.map((group) => ({ value: group, label: text(lang, `cohorts.group.${group}`) }));

export const cohortCrumbs = (cohort: Pick<Cohort, 'id' | 'title'>, lang: Language, here?: string) => [
  { href: '/cohorts', label: text(lang, 'cohorts.list.title') },
  { href: `/cohorts/${cohort.id}`, label: shortened(cohort.title) },
  ...(here ? [{ href: '', label: here }] : []),
];

/** Where the heading or the page says it in full. */
export const shortened = (title: string): string => (title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title);

export const assignTabs = (cohortId: number, lang: Language, at: 'people' | 'rule') => [
  { href: `/cohorts/${cohortId}/assign`, label: text(lang, 'cohorts.assign.by-people'), current: at === 'people' },
  { href: `/cohorts/${cohortId}/assign/rule`, label: text(lang, 'cohorts.assign.by-rule'), current: at === 'rule' },
];

/** What was asked for, in words: "Thông tin cơ sở · Xã Mẫu Một và bên dưới · chưa đạt chỉ tiêu". */
export function ruleInWords(rule: CandidateWish, agency: LocalText, lang: Language): string {
  return [
    rule.group ? text(lang, `cohorts.group.${rule.group}`) : text(lang, 'cohorts.rule.all-groups'),
    text(lang, 'cohorts.rule.below', { agency: localText(lang, agency) }),
    ...(rule.notYetTrained ? [text(lang, 'cohorts.rule.not-trained')] : []),
  ].join(' · ');
}

/** The address of a list with what was asked for; empty parts are left out. */
export function address(path: string, query: Record<string, string | number | boolean | undefined>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== false) parts.append(name, value === true ? 'yes' : String(value));
  }
  return parts.size > 0 ? `${path}?${parts.toString()}` : path;
}
