import type { Language } from '../platform/config.js';
import { hasText, localText, text } from '../platform/texts.js';
import type { Message } from '../notifications/index.js';
import { showDate, type CivilDate } from '../rules/civil-date.js';
import type { DueState } from '../rules/deadlines.js';
import { missingSentence } from '../study/index.js';
import { rings, type PageFacts, type PartState } from '../web/index.js';
import type { HeldCriterion } from './held-criteria.js';
import type { ClassStanding, CourseStanding, Learning } from './my-learning.js';

/** What the page of one learner shows. Pure. */
export function myLearningPage(lang: Language, learning: Learning, criteria: HeldCriterion[], messages: Message[]): PageFacts {
  const say = (key: string, params: Record<string, unknown> = {}) => text(lang, `my-learning.${key}`, params);
  const { now } = learning;
  const heading = now
    ? say('heading-now', { code: now.course.version.code, missing: missingSentence(lang, now.course.missing) })
    : learning.classes.length + learning.own.length === 0 ? say('heading-empty')
      : learning.classes.some((given) => !given.complete) ? say('heading-waiting') : say('heading-done');
  return {
    title: say('title'),
    at: 'learning',
    wide: true,
    heading,
    empty: learning.classes.length + learning.own.length === 0,
    next: now ? nextCard(lang, now.course, now.due, now.dueState) : null,
    classes: learning.classes.map((given) => classFacts(lang, given)),
    own: learning.own.map((course) => courseLine(lang, course)),
    criteria: criteria.map((criterion) => ({
      title: localText(lang, criterion.title),
      amount: say('periods-of', { held: criterion.held, minimum: criterion.minimum }),
      percent: Math.min(100, Math.floor((criterion.held * 100) / criterion.minimum)),
      tone: criterion.held >= criterion.minimum ? 'ok' : '',
      why: criterion.held >= criterion.minimum ? say('criterion-held') : say('criterion-missing', { count: criterion.minimum - criterion.held }),
    })),
    allHeld: criteria.length > 0 && criteria.every((criterion) => criterion.held >= criterion.minimum),
    messages: messages.map((message) => ({ id: message.id, at: message.createdAt, text: messageText(lang, message) })),
    lastMessage: messages[0]?.id ?? null,
  };
}

function nextCard(lang: Language, course: CourseStanding, due: CivilDate | null, state: DueState) {
  const lesson = course.next.what === 'lesson' ? course.version.lessons.find((one) => course.next.what === 'lesson' && one.id === course.next.lessonId) : undefined;
  const parts: PartState[] = Array.from({ length: course.parts }, (_, index) =>
    (index < course.done ? 'done' : index === course.done ? 'now' : 'todo'));
  return {
    href: course.next.href,
    code: course.version.code,
    course: course.version.title,
    what: course.next.what,
    lessonTitle: lesson?.title ?? null,
    lessonCode: lesson?.code ?? null,
    minutes: lesson?.minutes ?? null,
    label: text(lang, `my-learning.go-${course.next.what}`, { begun: course.done > 0 ? 'yes' : 'no' }),
    due: due ? dueText(lang, due, state) : null,
    rings: rings(parts),
    ringsLabel: text(lang, 'my-learning.rings', { done: course.done, count: course.parts, code: course.version.code }),
  };
}

function classFacts(lang: Language, given: ClassStanding) {
  return {
    id: given.cohortId,
    title: given.title,
    programme: given.programme.title,
    programmeHref: `/programmes/${given.programme.slug}`,
    due: given.complete ? null : dueText(lang, given.due, given.dueState),
    tag: given.complete ? { tone: 'ok', text: text(lang, 'my-learning.class-complete') }
      : given.dueState.state === 'late' ? { tone: 'late', text: text(lang, 'my-learning.class-late') } : null,
    courses: given.required.map((course) => courseLine(lang, course)),
    electives: given.electives.map((course) => courseLine(lang, course)),
  };
}

function courseLine(lang: Language, course: CourseStanding) {
  const state = course.completedOn ? 'completed' : course.run ? 'begun' : 'not-begun';
  return {
    href: course.run ? `/courses/${course.version.slug}/study` : `/courses/${course.version.slug}`,
    code: course.version.code,
    title: course.version.title,
    percent: course.parts === 0 ? 0 : Math.floor((course.done * 100) / course.parts),
    begun: state === 'begun',
    tag: state === 'completed'
      ? { tone: 'ok', text: text(lang, 'my-learning.completed-on', { date: showDate(course.completedOn ?? '') }) }
      : state === 'begun' ? { symbol: 'play', text: text(lang, 'my-learning.parts', { done: course.done, count: course.parts }) }
        : { tone: 'none', text: text(lang, 'my-learning.not-begun') },
    why: course.completedOn ? null : course.run ? missingSentence(lang, course.missing) : null,
    certificate: course.certificateNumber,
  };
}

export function dueText(lang: Language, due: CivilDate, state: DueState): string {
  const days = 'days' in state ? state.days : 0;
  return text(lang, `my-learning.due-${state.state}`, { date: showDate(due), days });
}

function messageText(lang: Language, message: Message): string {
  const kind = message.kind === 'marked' ? `marked-${message.params.passed ? 'passed' : 'not-passed'}` : message.kind;
  const key = `notifications.message.${kind}`;
  return hasText(lang, key) ? text(lang, key, { ...message.params, last: message.params.last === true ? 'true' : 'false' }) : '';
}
