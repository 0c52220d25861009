import type { CourseVersion } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { text, type LocalText } from '../platform/texts.js';
import type { ProgrammeVersion } from './programme-version.js';
import { isAssignable } from './programmes.service.js';

interface CourseRow {
  code: string;
  title: LocalText;
  /** null while the course is in preparation. */
  href: string | null;
  periods: number;
  requirement: ProgrammeVersion['courses'][number]['requirement'];
}

/** The courses of a programme, each named from its latest version or, in preparation, from the programme itself. */
export function coursesOf(programme: ProgrammeVersion, courses: ReadonlyMap<number, CourseVersion>): CourseRow[] {
  return programme.courses.map((part) => {
    const open = part.courseId !== null && part.requirement !== 'preparation';
    const course = open ? courses.get(part.courseId ?? 0) : undefined;
    return {
      code: part.code,
      title: course?.title ?? part.title ?? { vi: part.code, en: part.code },
      href: course ? `/courses/${course.slug}` : null,
      periods: course?.periods ?? part.periods ?? 0,
      requirement: part.requirement,
    };
  });
}

/** What a programme is for and whether a class can be opened for it today. */
export function programmePage(
  lang: Language, programme: ProgrammeVersion, courses: ReadonlyMap<number, CourseVersion>,
) {
  const rows = coursesOf(programme, courses);
  const ready = rows.filter((row) => row.href !== null);
  return {
    programme,
    assignable: isAssignable(programme),
    state: isAssignable(programme)
      ? text(lang, 'programmes.state.assignable', { ready: ready.length, all: rows.length })
      : text(lang, 'programmes.state.preparation', { all: rows.length }),
    criteria: programme.criteria.map((criterion) => text(lang, `courses.criteria.${criterion}`)),
    countsFor: programme.criteria.length === 0 ? text(lang, 'programmes.counts-for-awareness')
      : programme.criteria.map((criterion) => text(lang, `courses.criteria.${criterion}`)).join('; '),
    groups: programme.audience.groups.map((group) => text(lang, `programmes.groups.${group}`)),
    courses: rows,
  };
}
