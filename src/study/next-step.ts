import type { CourseVersion } from '../courses/index.js';
import type { RunStanding } from './study.repository.js';
import { courseRuleOf } from './what-is-missing.js';

export type NextStep =
  | { what: 'lesson'; href: string; lessonId: number }
  | { what: 'quiz' | 'assignment' | 'overview'; href: string };

/** The one thing to do now: the next unfinished lesson, then the quiz, then the practical task. Pure. */
export function nextStep(version: CourseVersion, standing: RunStanding, afterLessonId?: number): NextStep {
  const base = `/courses/${version.slug}`;
  const open = version.lessons.filter(
    (lesson) => !standing.finished.includes(lesson.id) && lesson.id !== afterLessonId,
  );
  const position = version.lessons.find((lesson) => lesson.id === afterLessonId)?.position ?? 0;
  const lesson = open.find((candidate) => candidate.position > position) ?? open[0];
  if (lesson) return { what: 'lesson', href: `${base}/lessons/${lesson.slug}`, lessonId: lesson.id };
  const rule = courseRuleOf(version);
  if (rule.quiz && !standing.quizPassed) return { what: 'quiz', href: `${base}/quiz` };
  if (rule.assignment && (standing.assignment === 'none' || standing.assignment === 'not-passed')) {
    return { what: 'assignment', href: `${base}/assignment` };
  }
  return { what: 'overview', href: `${base}/study` };
}
