import { searchable } from './names.js';

/** What kinds of agencies the tree knows. The order is that of lists. */
export const AGENCY_TYPES = ['nation', 'ministry', 'ministerial-agency', 'government-agency', 'province', 'city',
  'department', 'unit', 'commune', 'ward', 'special-zone', 'party-body', 'press'] as const;
export type AgencyType = (typeof AGENCY_TYPES)[number];

/** As the official lists write them, and as people do; marks and capitals make no difference. */
const WORDS: Record<AgencyType, string[]> = {
  nation: ['cả nước', 'quốc gia', 'nation'],
  ministry: ['bộ', 'ministry', 'bo'],
  'ministerial-agency': [
    'cơ quan ngang bộ',
    'ministerial-level agency',
    'ministerial level agency',
    'co quan ngang bo',
  ],
  'government-agency': ['cơ quan thuộc Chính phủ', 'agency under the government', 'government agency'],
  province: ['tỉnh', 'province'],
  city: ['thành phố trực thuộc trung ương', 'thành phố', 'centrally run city', 'city'],
  department: ['sở', 'sở, ban, ngành', 'ban', 'cục', 'vụ', 'department'],
  unit: ['đơn vị', 'đơn vị trực thuộc', 'đơn vị sự nghiệp', 'trung tâm', 'unit'],
  commune: ['xã', 'commune'],
  ward: ['phường', 'ward'],
  'special-zone': ['đặc khu', 'special zone'],
  'party-body': ['cơ quan Đảng', 'party body'],
  press: ['cơ quan báo chí', 'báo chí', 'báo', 'đài', 'press', 'press agency'],
};

const BY_WORD = new Map(
  AGENCY_TYPES.flatMap((type) => [type, ...WORDS[type]].map((word) => [searchable(word), type] as const)),
);

/** The type that a word in a file means, or null. */
export function readAgencyType(word: string): AgencyType | null {
  return BY_WORD.get(searchable(word)) ?? null;
}

/** Under what each type may stand; a type that is not named here may stand under anything but the nation's peers. */
const PARENTS: Partial<Record<AgencyType, readonly AgencyType[]>> = {
  nation: [],
  ministry: ['nation'],
  'ministerial-agency': ['nation'],
  'government-agency': ['nation'],
  province: ['nation'],
  city: ['nation'],
  commune: ['province', 'city'],
  ward: ['province', 'city'],
  'special-zone': ['province', 'city'],
};

/**
 * Since 1 July 2025 there is no level between a province and its communes (Constitution as amended, Law 72/2025/QH15).
 */
export function mayStandUnder(type: AgencyType, parent: AgencyType): boolean {
  return PARENTS[type]?.includes(parent) ?? true;
}
