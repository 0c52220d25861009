import { searchable } from './names.js';

/** What a post counts as (the groups of a roster file). The first three are the groups of the 70 % target. */
export const TARGET_GROUPS = ['communication', 'grassroots-information', 'external-information', 'leader', 'official',
  'press', 'other'] as const;
export type TargetGroup = (typeof TARGET_GROUPS)[number];

/** As files write them; marks and capitals make no difference, nor does "cán bộ (làm công tác)" before them. */
const WORDS: Record<TargetGroup, string[]> = {
  communication: ['truyền thông', 'chuyên trách truyền thông', 'communication officer', 'communication officers'],
  'grassroots-information': ['thông tin cơ sở', 'grassroots information', 'grassroots', 'grassroots-information staff'],
  'external-information': [
    'thông tin đối ngoại',
    'đối ngoại',
    'external information',
    'external',
    'external-information staff',
  ],
  leader: ['lãnh đạo', 'lãnh đạo, quản lý', 'leaders'],
  official: [
    'cán bộ, công chức, viên chức',
    'công chức',
    'viên chức',
    'cán bộ',
    'officials',
    'cadres, civil servants, public employees',
  ],
  press: [
    'báo chí',
    'phóng viên',
    'biên tập viên',
    'phóng viên, biên tập viên',
    'reporter',
    'editor',
    'reporters, editors',
  ],
  other: ['khác', 'nhóm khác'],
};

const BY_WORD = new Map(
  TARGET_GROUPS.flatMap((group) => [group, ...WORDS[group]].map((word) => [searchable(word), group] as const)),
);

/** The group that a word in a file means, or null. */
export function readTargetGroup(word: string): TargetGroup | null {
  const plain = searchable(word);
  const bare = plain.replace(/^can bo (?:lam )?(?:cong tac |chuyen trach )?/, '');
  return BY_WORD.get(plain) ?? BY_WORD.get(bare) ?? null;
}
