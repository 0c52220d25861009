import type { CourseVersion, Lesson } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, text } from '../platform/texts.js';
import type { PageFacts } from '../web/page.js';
import { nextStep } from './next-step.js';
import type { RunStanding } from './study.repository.js';

/** What the lesson page shows: the lesson, where one is in the course, and what comes next. */
export function lessonPage(
  lang: Language,
  version: CourseVersion,
  lesson: Lesson,
  standing: RunStanding,
  visitedAt: Date,
): PageFacts {
  const translated = lesson.contents[lang] !== undefined;
  const content = lesson.contents[lang] ?? lesson.contents.vi;
  const finished = standing.finished.includes(lesson.id);
  const next = nextStep(version, standing, lesson.id);
  const previous = version.lessons.find((candidate) => candidate.position === lesson.position - 1);
  return {
    title: localText(lang, lesson.title),
    at: 'learning',
    crumbs: [
      { href: '/learning', label: text(lang, 'web.nav.learning') },
      { href: `/courses/${version.slug}/study`, label: localText(lang, version.title) },
    ],
    scripts: ['lesson.js'],
    course: version,
    lesson,
    content,
    contentLang: translated ? undefined : 'vi',
    standsIn: !translated,
    position: text(lang, 'study.lesson.position', { position: lesson.position, count: version.lessons.length }),
    parts: version.lessons.map((part) => {
      const state = part.id === lesson.id ? 'now' : standing.finished.includes(part.id) ? 'done' : 'todo';
      const said = part.id === lesson.id ? 'now' : standing.finished.includes(part.id) ? 'finished' : 'todo';
      return {
        state,
        label: text(lang, `study.part.${said}`, { title: localText(lang, part.title), position: part.position }),
      };
    }),
    finished,
    visitedAt,
    previous: previous ? `/courses/${version.slug}/lessons/${previous.slug}` : null,
    next: next.href,
    finishHref: `/courses/${version.slug}/lessons/${lesson.slug}/finish`,
    finishLabel: text(lang, `study.lesson.${finished ? 'go' : 'finish'}-${next.what}`),
    place: `${version.id}/${lesson.code}`,
  };
}
