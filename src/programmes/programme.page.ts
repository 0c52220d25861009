import { competenceRows, type CourseVersion } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, text, type LocalText } from '../platform/texts.js';
import { provedBy } from '../rules/counted-path.js';
import type { ProgrammeVersion } from './programme-version.js';
import { isAssignable } from './programmes.service.js';
import type { TargetVersion } from './target-version.js';

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

export interface ProgrammeFacts {
  courses: ReadonlyMap<number, CourseVersion>;
  /** The target that its periods are held against: the one it is a path to, else the default one; null without any. */
  target: TargetVersion | null;
}

/** What a programme is for, what it counts for, and whether a class can be opened for it today. */
export function programmePage(lang: Language, programme: ProgrammeVersion, { courses, target }: ProgrammeFacts) {
  const rows = coursesOf(programme, courses);
  const ready = rows.filter((row) => row.href !== null);
  return {
    programme,
    assignable: isAssignable(programme),
    state: isAssignable(programme)
      ? text(lang, 'programmes.state.assignable', { ready: ready.length, all: rows.length })
      : text(lang, 'programmes.state.preparation', { all: rows.length }),
    countsFor: countsFor(lang, programme, { courses, target }),
    pathTo: programme.path !== null && target ? localText(lang, target.title) : null,
    groups: programme.audience.groups.map((group) => text(lang, `programmes.groups.${group}`)),
    competences: programme.competences ? competenceRows(lang, programme.competences) : [],
    courses: rows,
  };
}

/** One sentence a criterion: what its required courses give, and how much of it the counting rule asks for. */
function countsFor(lang: Language, programme: ProgrammeVersion, { courses, target }: ProgrammeFacts): string[] {
  if (programme.criteria.length === 0) return [text(lang, 'programmes.counts-for-awareness')];
  const required = programme.courses.flatMap((part) =>
    (part.requirement === 'required' ? courses.get(part.courseId ?? 0) ?? [] : []));
  const proved = provedBy(required.map((course) => ({ proves: course.proofs })),
    target?.criteria.filter((criterion) => programme.criteria.includes(criterion.id)) ?? []);
  return proved.map(({ criterion, periods, minimum }) => text(lang, 'programmes.proves', {
    criterion: text(lang, `courses.criteria.${criterion}`), periods, minimum,
  }));
}

/** The list: counted paths first, since they are what most classes are opened for; then the programmes A to F. */
export function programmesPage(lang: Language, programmes: readonly ProgrammeVersion[], facts: (of: ProgrammeVersion) => ProgrammeFacts) {
  const cards = programmes.map((programme) => programmePage(lang, programme, facts(programme)));
  const suited = programmes.filter((programme) =>
    programme.path === null && programme.audience.groups.length === 1 && isAssignable(programme)).length;
  return {
    suited: suited > 0 ? text(lang, 'programmes.suited', { count: suited }) : null,
    paths: cards.filter((card) => card.programme.path !== null),
    programmes: cards.filter((card) => card.programme.path === null),
  };
}

/** The counted paths for the groups of a programme that is none itself. */
export function pathsFor(lang: Language, programme: ProgrammeVersion, all: readonly ProgrammeVersion[]) {
  if (programme.path !== null || programme.criteria.length === 0) return [];
  return all.filter(({ path, audience }) => path !== null && audience.groups.every((group) => programme.audience.groups.includes(group)))
    .map(({ slug, title, code }) => ({ href: `/programmes/${slug}`, text: `${code}: ${localText(lang, title)}` }));
}
