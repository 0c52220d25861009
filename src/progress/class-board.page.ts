import type { Language } from '../platform/config.js';
import { localText, showNumber, text } from '../platform/texts.js';
import { civilDateOf, daysBetween, showDate, type CivilDate } from '../rules/civil-date.js';
import { address, type Cohort } from '../cohorts/index.js';
import type { ClassCounts, ClassMember, CourseStanding, MemberFilter } from './class-board.repository.js';

/** Pure: where a class stands, in the words of the page. */
export interface ClassState { tone: 'late' | 'wait' | 'ok' | 'none'; text: string }

/**
 * The one thing to know first: who is late, else who has not begun, else who is still at it.
 * @param due null where it stands beside
 */
export function classState(counts: ClassCounts, due: CivilDate | null, lang: Language): ClassState {
  const say = (key: string, count: number) => text(lang, `progress.class.${key}`, { count, due: due ? showDate(due) : 'none' });
  if (counts.total === 0) return { tone: 'none', text: text(lang, 'progress.class.empty') };
  if (counts.late > 0) return { tone: 'late', text: say('late', counts.late) };
  if (counts.notBegun > 0) return { tone: 'wait', text: say('not-begun', counts.notBegun) };
  if (counts.studying > 0) return { tone: 'wait', text: say('studying', counts.studying) };
  if (counts.waiting > 0) return { tone: 'wait', text: say('waiting', counts.waiting) };
  if (counts.done > 0) return { tone: 'ok', text: say('done', counts.done) };
  return { tone: 'none', text: say('moved', counts.moved) };
}

/** "B. Thông tin cơ sở trong kỷ nguyên số" */
export const programmeName = (cohort: Cohort, lang: Language): string =>
  `${cohort.programme.code}. ${localText(lang, cohort.programme.title)}`;

const COUNT_OF: Record<MemberFilter, keyof ClassCounts> = {
  'not-begun': 'notBegun', studying: 'studying', waiting: 'waiting', done: 'done', late: 'late', moved: 'moved',
};
const TILES: { filter: MemberFilter; tone?: string }[] = [
  { filter: 'done', tone: 'ok' }, { filter: 'studying' }, { filter: 'waiting', tone: 'wait' }, { filter: 'not-begun' },
  { filter: 'late', tone: 'late' },
];

export function tiles(cohortId: number, counts: ClassCounts, lang: Language) {
  return TILES.map(({ filter, tone }) => {
    const value = counts[COUNT_OF[filter]];
    // Nobody late is no alarm.
    return {
      value: showNumber(lang, value), label: text(lang, `progress.state.${filter}`), tone: value > 0 ? tone : undefined,
      href: address(`/cohorts/${cohortId}`, { state: filter }),
    };
  });
}

/** The filters under the tiles; those for which there is nobody are left out, but for the one that is chosen. */
export function filters(
  cohortId: number, counts: ClassCounts, chosen: MemberFilter | undefined, q: string | undefined, lang: Language,
) {
  // The chosen one stands first: on a phone the row scrolls, and it must be in sight.
  const some = (Object.keys(COUNT_OF) as MemberFilter[]).filter((filter) => counts[COUNT_OF[filter]] > 0 || filter === chosen)
    .sort((a, b) => Number(b === chosen) - Number(a === chosen));
  return [
    {
      href: address(`/cohorts/${cohortId}`, { q }), label: text(lang, 'progress.board.all'), count: counts.total,
      current: !chosen,
    },
    ...some.map((filter) => ({
      href: address(`/cohorts/${cohortId}`, { state: filter, q }), label: text(lang, `progress.state.${filter}`),
      count: counts[COUNT_OF[filter]], current: chosen === filter,
    })),
  ];
}

const TONE_OF = { done: 'ok', waiting: 'wait', studying: undefined, 'not-begun': 'none' } as const;

/**
 * A row of the table: completed courses in one line, one line for each that is under way.
 * @param mayGrant whether the reader may give one more attempt at a quiz
 */
export function memberRow(member: ClassMember, today: CivilDate, mayGrant: boolean, lang: Language) {
  return {
    personId: member.personId, name: member.name, agency: member.agency ? localText(lang, member.agency.name) : '',
    percent: member.percent, percentText: text(lang, 'progress.board.percent', { percent: member.percent }),
    state: text(lang, `progress.state.${member.state}`), tone: TONE_OF[member.state],
    symbol: member.state === 'studying' ? 'play' : undefined,
    late: member.late ? text(lang, 'progress.board.late-by', { days: daysBetween(member.due, today) }) : null,
    moved: member.leftOn ? text(lang, 'progress.board.moved-on', { date: showDate(member.leftOn) }) : null,
    due: member.due, extended: member.extended, lastOn: member.lastAt && civilDateOf(member.lastAt),
    completed: member.courses.filter((course) => course.completedOn).map((course) =>
      `${course.code} ${showDate(course.completedOn ?? '')}`).join(' · '),
    courses: member.courses
      .filter((course) => course.begun && !course.completedOn)
      .map((course) => ({
        text: courseInWords(course, lang),
        grant: mayGrant && course.quiz === 'none-left' && !member.leftOn
          ? `/people/${member.personId}/courses/${course.slug}/allowance` : null,
      })),
  };
}

/** "B2: bài 3/5, kiểm tra chưa đạt (65), thực hành chờ chấm". */
export function courseInWords(course: CourseStanding, lang: Language): string {
  const parts = [
    text(lang, 'progress.course.lessons', { done: course.lessonsFinished, of: course.lessons }),
    ...(course.quiz === 'not-asked' ? [] : [quizInWords(course, lang)]),
    ...(course.assignment === 'not-asked' ? [] : [text(lang, `progress.course.assignment.${course.assignment}`)]),
  ];
  return `${course.code}: ${parts.join(', ')}`;
}

export function quizInWords(course: CourseStanding, lang: Language): string {
  const score = course.score === null ? '' : showNumber(lang, course.score);
  return text(lang, `progress.course.quiz.${course.quiz}`, { score });
}
