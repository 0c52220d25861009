import type { CourseVersion } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, showNumber, text } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import { missingForCourse } from '../rules/completion.js';
import type { PageFacts } from '../web/page.js';
import { rings, type PartState } from '../web/rings.js';
import { nextStep } from './next-step.js';
import type { CourseRun, RunStanding } from './study.repository.js';
import { courseRuleOf, missingSentence } from './what-is-missing.js';

interface Tag { tone?: 'ok' | 'wait' | 'late' | 'none'; symbol?: string; text: string }

/** What one's own way through a course shows: each part with its state, and what is missing, in one sentence. */
export function studyPage(lang: Language, version: CourseVersion, run: CourseRun, standing: RunStanding): PageFacts {
  const rule = courseRuleOf(version);
  const missing = missingForCourse(rule, {
    lessonsFinished: new Set(
      version.lessons.filter((lesson) => standing.finished.includes(lesson.id)).map((lesson) => lesson.code),
    ),
    quizPassed: standing.quizPassed,
    assignment: standing.assignment,
  });
  const next = nextStep(version, standing);
  const nextLesson = version.lessons.find((lesson) => next.what === 'lesson' && lesson.id === next.lessonId);
  const base = `/courses/${version.slug}`;
  const states: PartState[] = [
    ...version.lessons.map((lesson): PartState =>
      standing.finished.includes(lesson.id) ? 'done' : lesson.id === nextLesson?.id ? 'now' : 'todo',
    ),
    ...(rule.quiz
      ? [standing.quizPassed ? ('done' as const) : next.what === 'quiz' ? ('now' as const) : ('todo' as const)]
      : []),
    ...(rule.assignment
      ? [
          standing.assignment === 'passed'
            ? ('done' as const)
            : next.what === 'assignment'
              ? ('now' as const)
              : ('todo' as const),
        ]
      : []),
  ];
  return {
    title: localText(lang, version.title),
    at: 'learning',
    crumbs: [{ href: '/learning', label: text(lang, 'web.nav.learning') }],
    course: version,
    run,
    complete: standing.completedOn !== null,
    completedText: standing.completedOn
      ? text(lang, 'study.overview.completed', { date: showDate(standing.completedOn) })
      : null,
    missing: missingSentence(lang, missing),
    rings: rings(states),
    ringsLabel: text(lang, 'study.overview.rings', {
      done: states.filter((state) => state === 'done').length,
      count: states.length,
    }),
    next:
      next.what === 'overview'
        ? null
        : {
            href: next.href,
            label: text(lang, `study.overview.next-${next.what}`, {
              position: nextLesson?.position ?? 0,
              begun: standing.opened.length > 0 ? 'yes' : 'no',
            }),
            title: nextLesson ? nextLesson.title : null,
          },
    lessons: version.lessons.map((lesson) => ({
      lesson, href: `${base}/lessons/${lesson.slug}`, now: lesson.id === nextLesson?.id,
      icon: standing.finished.includes(lesson.id) ? 'check-circle' : lesson.id === nextLesson?.id ? 'play' : 'book',
      tag: lessonTag(lang, standing, lesson.id),
    })),
    quiz: rule.quiz
      ? {
          href: `${base}/quiz`,
          now: next.what === 'quiz',
          tag: quizTag(lang, standing),
          text: text(lang, 'study.overview.quiz-facts', {
            questions: version.quiz?.questions,
            minutes: version.quiz?.minutes,
            pass: version.quiz?.pass,
          }),
        }
      : null,
    assignment: rule.assignment
      ? {
          href: `${base}/assignment`,
          now: next.what === 'assignment',
          title: version.assignment?.title,
          tag: assignmentTag(lang, standing.assignment),
        }
      : null,
  };
}

function lessonTag(lang: Language, standing: RunStanding, lessonId: number): Tag {
  if (standing.finished.includes(lessonId)) return { tone: 'ok', text: text(lang, 'study.state.finished') };
  if (standing.opened.includes(lessonId)) return { symbol: 'play', text: text(lang, 'study.state.opened') };
  return { tone: 'none', text: text(lang, 'study.state.not-begun') };
}

function quizTag(lang: Language, standing: RunStanding): Tag {
  const score = standing.bestScore === null ? '' : showNumber(lang, standing.bestScore);
  if (standing.quizPassed) return { tone: 'ok', text: text(lang, 'study.state.quiz-passed', { score }) };
  if (standing.quizOpen) return { symbol: 'play', text: text(lang, 'study.state.quiz-open') };
  if (standing.attempts > 0)
    return { tone: 'late', text: text(lang, 'study.state.quiz-failed', { score, count: standing.attempts }) };
  return { tone: 'none', text: text(lang, 'study.state.not-begun') };
}

function assignmentTag(lang: Language, state: RunStanding['assignment']): Tag {
  const tones = { none: 'none', waiting: 'wait', passed: 'ok', 'not-passed': 'late' } as const;
  return { tone: tones[state], text: text(lang, `study.state.assignment-${state}`) };
}
