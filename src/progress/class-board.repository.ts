import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/sql.js';
import type { LocalText } from '../platform/texts.js';
import type { CivilDate } from '../rules/civil-date.js';
import { searchable } from '../rules/names.js';
import { CLASS_COUNTS, CLASS_PAGE } from './class-board.sql.js';

/** Everybody in a class is in exactly one of these; `late` counts some of `studying` and `notBegun` again. */
export interface ClassCounts {
  total: number;
  done: number;
  waiting: number;
  studying: number;
  notBegun: number;
  /** No longer in the reader's agencies, and not done when they left. */
  moved: number;
  late: number;
}

export type MemberState = 'done' | 'waiting' | 'studying' | 'not-begun';
export const MEMBER_FILTERS = ['not-begun', 'studying', 'waiting', 'done', 'late', 'moved'] as const;
export type MemberFilter = (typeof MEMBER_FILTERS)[number];

type QuizStanding = 'not-asked' | 'none' | 'under-way' | 'failed' | 'none-left' | 'passed';
type AssignmentStanding = 'not-asked' | 'none' | 'waiting' | 'not-passed' | 'passed';

/** Where one person stands in one course, from the evidence itself (standing.sql.ts). */
export interface CourseStanding {
  code: string;
  slug: string;
  required: boolean;
  /** Of the version that is studied, or of the newest where nothing was opened yet. */
  lessons: number;
  lessonsFinished: number;
  /** `none-left`: every attempt is used up and none passed; a coordinator can grant one more. */
  quiz: QuizStanding;
  /** The best so far, out of 100. */
  score: number | null;
  assignment: AssignmentStanding;
  completedOn: CivilDate | null;
  begun: boolean;
}

export interface ClassMember {
  personId: number;
  name: string;
  sortName: string;
  agency: { code: string; name: LocalText } | null;
  state: MemberState;
  /** Under which count they are. */
  place: MemberState | 'moved';
  late: boolean;
  /** Their own, extensions included. */
  due: CivilDate;
  extended: boolean;
  /** Of the required courses: lessons, quizzes and practical tasks that are through. Rounded down. */
  percent: number;
  /** When the learner last opened, read, attempted or handed in something. */
  lastAt: Date | null;
  /** The first day on which they no longer held a post in the reader's agencies; everything is shown as of the day before. */
  leftOn: CivilDate | null;
  courses: CourseStanding[];
}

export type MemberCursor = [sortName: string, personId: number];

export interface BoardQuery {
  cohortId: number;
  roots: readonly number[];
  on: CivilDate;
  state?: MemberFilter;
  /** Words of a name in any order, without marks. */
  q?: string;
  after?: MemberCursor;
  limit: number;
}

@Injectable()
export class ClassBoardRepository {
  async counts(tx: Tx, cohortIds: readonly number[], roots: readonly number[], on: CivilDate): Promise<Map<number, ClassCounts>> {
    if (cohortIds.length === 0) return new Map();
    const found = await rows<ClassCounts & { cohortId: number }>(tx, CLASS_COUNTS, [cohortIds, roots, on]);
    return new Map(found.map(({ cohortId, ...counts }) => [cohortId, counts]));
  }

  /** @returns the counts of the whole class, how many match, and one page of them */
  async page(tx: Tx, query: BoardQuery): Promise<{ counts: ClassCounts; found: number; items: ClassMember[] }> {
    const words = searchable(query.q ?? '').split(' ').filter(Boolean).map((word) => `%${word}%`);
    const board = await one<{ counts: ClassCounts; found: number; items: ClassMember[] }>(tx, CLASS_PAGE,
      [[query.cohortId], query.roots, query.on, query.state ?? null, words.length > 0 ? words : null,
        query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit]);
    // Instants come out of JSON as texts.
    return { ...board, items: board.items.map((member) => ({ ...member, lastAt: member.lastAt && new Date(member.lastAt) })) };
  }
}
