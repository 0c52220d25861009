import type { Assignment } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, text } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import type { FormState, PageFacts } from '../web/index.js';
import { acceptOf, showKinds } from './file-kinds.js';
import type { AssignmentStanding } from './read-assignment.js';
import { rubricResult } from './rubric.page.js';
import { dueOn, wordsOf, type Submission } from './submission.js';

export type AssignmentState = 'nothing' | 'draft' | 'waiting' | 'passed' | 'not-passed';

export function stateOf(standing: Pick<AssignmentStanding, 'draft' | 'submissions'>): AssignmentState {
  const last = standing.submissions.at(-1);
  if (!last) return standing.draft ? 'draft' : 'nothing';
  if (!last.marking) return 'waiting';
  return last.marking.passed ? 'passed' : 'not-passed';
}

/** What the learner's page of a practical task shows, in each of its states. */
export function assignmentPage(lang: Language, standing: AssignmentStanding, form: FormState, place: string): PageFacts {
  const { version, assignment, draft, submissions, hand } = standing;
  const href = `/courses/${version.slug}/assignment`;
  const state = stateOf(standing);
  const last = submissions.at(-1);
  const typed = typeof form.values.text === 'string' ? form.values.text : undefined;
  return {
    title: localText(lang, assignment.title),
    at: 'learning',
    crumbs: [
      { href: '/learning', label: text(lang, 'web.nav.learning') },
      { href: `/courses/${version.slug}/study`, label: localText(lang, version.title) },
    ],
    scripts: ['assignment.js'],
    assignment,
    heading: heading(lang, state, hand.may, last),
    facts: taskFacts(lang, assignment),
    passRule: passRule(lang, assignment),
    // Read before writing; afterwards the result says what was reached.
    rubricOpen: submissions.length === 0,
    standsIn: assignment.brief[lang] === undefined,
    submissions: submissions.toReversed().map((submission) => shown(lang, assignment, submission, `${href}/submissions`)),
    // Whoever may hand in again is not shown how somebody else did it.
    showModel: last?.marking != null && !hand.may,
    errors: form.problems,
    problems: form.errors,
    place,
    form: hand.may ? {
      href, number: hand.number, again: hand.number > 1,
      text: typed ?? draft?.text ?? last?.text ?? '',
      draftSavedAt: draft?.savedAt,
      accept: acceptOf(assignment.file.types),
      kinds: showKinds(assignment.file.types),
      endings: assignment.file.types.join(','),
      draftApi: `/api/v1/courses/${version.slug}/assignment/draft`,
      hint: text(lang, `assignments.write.hint-${assignment.file.required ? 'and' : 'or'}-file`, { ...assignment.words }),
      fileHint: text(lang, 'assignments.write.file-hint', {
        kinds: showKinds(assignment.file.types), megabytes: assignment.file.maxMb,
      }),
    } : null,
    // Typed in a tab that did not know yet: nothing that was written is thrown away.
    unsaved: !hand.may && typed !== undefined && typed.trim() !== last?.text ? typed : null,
  };
}

function heading(lang: Language, state: AssignmentState, mayHandIn: boolean, last: Submission | undefined) {
  const tones = { nothing: 'none', draft: undefined, waiting: 'wait', passed: 'ok', 'not-passed': 'late' } as const;
  const due = last ? showDate(dueOn(last)) : '';
  const said = state === 'not-passed' ? (mayHandIn ? 'not-passed-again' : 'not-passed-finally') : state;
  return {
    tone: tones[state], symbol: state === 'draft' ? 'edit' : undefined,
    tag: text(lang, `assignments.state.${state}`), text: text(lang, `assignments.now.${said}`, { due }),
  };
}

function taskFacts(lang: Language, assignment: Assignment) {
  const { words, file } = assignment;
  return [
    { term: text(lang, 'assignments.facts.words'), text: text(lang, 'assignments.facts.words-value', { ...words }) },
    {
      term: text(lang, 'assignments.facts.file'),
      text: text(lang, `assignments.facts.file-${file.required ? 'required' : 'optional'}`, {
        kinds: showKinds(file.types), megabytes: file.maxMb,
      }),
    },
    { term: text(lang, 'assignments.facts.marking'), text: text(lang, 'assignments.facts.marking-value') },
    { term: text(lang, 'assignments.facts.tries'), text: text(lang, 'assignments.facts.tries-value') },
  ];
}

export function passRule(lang: Language, assignment: Assignment): string {
  return text(lang, 'assignments.pass-rule', {
    each: assignment.pass.eachAtLeast, total: assignment.pass.totalAtLeast, most: assignment.criteria.length * 4,
  });
}

function shown(lang: Language, assignment: Assignment, submission: Submission, base: string) {
  return {
    number: submission.number,
    handedInAt: submission.handedInAt,
    text: submission.text,
    words: text(lang, 'assignments.words', { words: wordsOf(submission) }),
    file: submission.file ? {
      href: `${base}/${submission.number}/file`, name: submission.file.name, size: showSize(lang, submission.file.size),
    } : null,
    due: submission.marking ? null : showDate(dueOn(submission)),
    result: submission.marking ? rubricResult(lang, assignment, submission.marking) : null,
  };
}

/** 340 KB, 1,2 MB: as phones show it. */
export function showSize(lang: Language, bytes: number): string {
  if (bytes < 1024 * 1024) return text(lang, 'assignments.kilobytes', { size: Math.max(1, Math.round(bytes / 1024)) });
  return text(lang, 'assignments.megabytes', { size: Math.round(bytes / 1024 / 1024 * 10) / 10 });
}
