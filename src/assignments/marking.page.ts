import type { Assignment } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, text } from '../platform/texts.js';
import { civilDateOf, showDate } from '../rules/civil-date.js';
import { dueState } from '../rules/deadlines.js';
import { LEAST_REMARK } from '../rules/handing-in.js';
import type { FormState, PageFacts } from '../web/index.js';
import { passRule, showSize } from './assignment.page.js';
import { endingOf } from './file-kinds.js';
import type { MarkingQueue, ToMark } from './read-marking.js';
import { rubricForm, rubricResult } from './rubric.page.js';
import { dueOn, wordsOf, type SubmittedFile } from './submission.js';

/** The work that waits, oldest first. */
export function queuePage(lang: Language, queue: MarkingQueue, now: Date, first: boolean): PageFacts {
  return {
    title: queue.waiting === 0 ? text(lang, 'assignments.queue.title-none')
      : text(lang, 'assignments.queue.title', { waiting: queue.waiting, overdue: queue.overdue }),
    at: 'marking',
    wide: true,
    empty: queue.items.length === 0,
    items: queue.items.map((item) => ({
      href: `/marking/${item.id}`,
      course: item.version.title,
      task: item.version.assignment?.title,
      code: item.version.code,
      again: item.number > 1,
      agency: agencyType(lang, item.agencyType),
      handedInOn: showDate(civilDateOf(item.handedInAt)),
      due: showDate(dueOn(item)),
      tag: dueTag(lang, item, now),
      hasFile: item.hasFile,
    })),
    first: first ? null : '/marking',
    next: queue.next ? `/marking?after=${queue.next}` : null,
  };
}

function dueTag(lang: Language, item: { handedInAt: Date }, now: Date) {
  const due = dueState(dueOn(item), now);
  if (due.state === 'late') return { tone: 'late', text: text(lang, 'assignments.queue.late', { days: due.days }) };
  if (due.state === 'today') return { tone: 'wait', text: text(lang, 'assignments.queue.today') };
  return null;
}

const agencyType = (lang: Language, type: string | null) => text(lang, `assignments.agency-type.${type ?? 'none'}`);

/** The name that an assessor sees: people often write their own into the name of a file. */
export function anonymousName(submissionId: number, file: SubmittedFile): string {
  return `bai-nop-${submissionId}.${endingOf(file.name)}`;
}

/** One piece of work: what was handed in, the rubric, the remark; or what this assessor found. */
export function markingPage(lang: Language, toMark: ToMark, form: FormState, now: Date): PageFacts {
  const { submission, version, assignment, before } = toMark;
  const { marking } = submission;
  const heading = text(lang, `assignments.mark.${marking ? 'title-done' : 'title'}`, {
    title: localText(lang, assignment.title),
  });
  return {
    title: heading,
    heading,
    at: 'marking',
    wide: true,
    crumbs: [{ href: '/marking', label: text(lang, 'web.nav.marking') }],
    scripts: ['marking.js'],
    assignment,
    standsIn: assignment.brief[lang] === undefined,
    again: submission.number > 1,
    facts: [
      { term: text(lang, 'assignments.mark.course'), text: `${version.code} ${localText(lang, version.title)}` },
      { term: text(lang, 'assignments.mark.from'), text: agencyType(lang, submission.agencyType) },
      { term: text(lang, 'assignments.mark.handed-in'), text: showDate(civilDateOf(submission.handedInAt)) },
      { term: text(lang, 'assignments.mark.due'), text: showDate(dueOn(submission)) },
    ],
    tag: marking ? null : dueTag(lang, submission, now),
    text: submission.text,
    words: text(lang, 'assignments.words', { words: wordsOf(submission) }),
    file: submission.file ? {
      href: `/marking/${submission.id}/file`, name: anonymousName(submission.id, submission.file),
      size: showSize(lang, submission.file.size),
    } : null,
    before: before?.marking ? { text: before.text, result: rubricResult(lang, assignment, before.marking) } : null,
    passRule: passRule(lang, assignment),
    result: marking ? rubricResult(lang, assignment, marking) : null,
    action: `/marking/${submission.id}`,
    rubric: rubricForm(lang, assignment, levelsIn(form.values), form.errors),
    floor: assignment.pass.eachAtLeast,
    mark: assignment.pass.totalAtLeast,
    most: assignment.criteria.length * 4,
    remark: form.values.remark,
    remarkHint: text(lang, 'assignments.mark.remark-hint', { least: LEAST_REMARK }),
    errors: form.problems.map((problem) => named(lang, assignment, problem)),
    problems: form.errors,
  };
}

/** In the summary on top, what is wrong with a criterion begins with its title. */
function named(lang: Language, assignment: Assignment, problem: FormState['problems'][number]) {
  const criterion = assignment.criteria.find((candidate) => problem.field === `levels.${candidate.id}`);
  return criterion ? { ...problem, text: `${localText(lang, criterion.title)}: ${problem.text}` } : problem;
}

/** `levels.accuracy=3` as forms send it → `{accuracy: '3'}`. */
export function levelsIn(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) =>
    (name.startsWith('levels.') ? [[name.slice('levels.'.length), value]] : [])));
}
