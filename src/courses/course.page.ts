import type { Language } from '../platform/config.js';
import { localText, text, type LocalText } from '../platform/texts.js';
import type { Question } from '../rules/questions.js';
import type { Competences, CourseVersion } from './course-version.js';

/** What the public description of a course shows. */
export function coursePage(lang: Language, course: CourseVersion) {
  return {
    course,
    facts: [
      { term: text(lang, 'courses.hours'), text: text(lang, 'courses.periods', { count: course.periods }) },
      {
        term: text(lang, 'courses.counts-for'),
        text: course.proofs.length === 0 ? text(lang, 'courses.counts-for-nothing')
          : course.proofs.map(({ criterion, periods }) => text(lang, 'courses.proof', {
            count: periods, criterion: text(lang, `courses.criteria.${criterion}`),
          })).join('; '),
      },
      {
        term: text(lang, 'courses.validity'),
        text: course.validityMonths === null ? text(lang, 'courses.validity-unlimited')
          : text(lang, 'courses.validity-months', { count: course.validityMonths }),
      },
    ],
    conditions: conditionsOf(lang, course),
    lessons: course.lessons.map((lesson) =>
      ({ ...lesson, translated: lang === 'vi' || lesson.contents.en !== undefined })),
    competences: competenceRows(lang, course.competences),
  };
}

/** What is needed to complete the course, one sentence each, in the order in which people do it. */
function conditionsOf(lang: Language, { completion, lessons, quiz, assignment }: CourseVersion): string[] {
  const conditions = [text(lang, 'courses.condition.lessons', { count: lessons.length })];
  if (completion.quiz && quiz) {
    const attempts = quiz.attempts === null ? text(lang, 'courses.condition.attempts-unlimited')
      : text(lang, 'courses.condition.attempts', { count: quiz.attempts });
    const wait = quiz.wait ? text(lang, 'courses.condition.wait', quiz.wait) : '';
    const { questions, minutes, pass } = quiz;
    const drawn = text(lang, 'courses.condition.quiz', { questions, minutes, pass });
    conditions.push([drawn, attempts, wait].filter(Boolean).join(' '));
  }
  if (completion.assignment && assignment) {
    conditions.push(text(lang, 'courses.condition.assignment', { title: localText(lang, assignment.title) }));
  }
  return conditions;
}

/** The areas of the two frameworks that a course or a programme is tagged with, by name; for looking up. */
export function competenceRows(lang: Language, competences: Competences): { framework: string; areas: string[] }[] {
  const named = (framework: 'digcomp' | 'circular02') => ({
    framework: text(lang, `courses.frameworks.${framework}`),
    areas: competences[framework].map((area) => text(lang, `courses.${framework}.${area}`)),
  });
  return [named('digcomp'), named('circular02')].filter(({ areas }) => areas.length > 0);
}

/** The bank as its authors see it: every question with its key, gathered under the outcomes. */
export function bankPage(lang: Language, course: CourseVersion, questions: readonly Question[]) {
  return course.outcomes.map((outcome) => ({
    id: outcome.id,
    text: outcome.text,
    questions: questions.filter((question) => question.outcome === outcome.id).map((question) => ({
      key: question.key,
      about: [text(lang, `courses.types.${question.type}`), text(lang, `courses.difficulties.${question.difficulty}`),
        text(lang, `courses.kinds.${question.kind}`)].join(' · '),
      stem: question.stem,
      rows: keyOf(lang, question),
      feedback: question.feedback,
      source: question.source,
    })),
  }));
}

interface KeyRow { right: boolean; text: LocalText; feedback?: LocalText }

/** The key in words: options with what is right, pairs as they belong together, items in order, accepted answers. */
function keyOf(lang: Language, question: Question): KeyRow[] {
  const same = (vi: string, en = vi): LocalText => ({ vi, en });
  switch (question.type) {
    case 'single':
    case 'multiple':
      return question.options.map(({ correct, ...shown }) => ({ right: correct, ...shown }));
    case 'true-false': {
      const answer = text(lang, `courses.answer.${question.answer}`);
      return [{ right: true, text: same(answer), feedback: question.wrong }];
    }
    case 'matching':
      return [
        ...question.pairs.map(({ left, right }) => ({
          right: true, text: same(`${left.vi} → ${right.vi}`, `${left.en ?? left.vi} → ${right.en ?? right.vi}`),
        })),
        ...question.distractors.map((distractor) => ({ right: false, text: distractor })),
      ];
    case 'ordering':
      return question.items.map((item, index) => ({
        right: true, text: same(`${index + 1}. ${item.vi}`, `${index + 1}. ${item.en ?? item.vi}`),
      }));
    case 'numeric': {
      const answer = text(lang, 'courses.answer.numeric', {
        value: question.answer, tolerance: question.tolerance, unit: question.unit ?? '',
      });
      return [{ right: true, text: same(answer.trim()), feedback: question.wrong },
        ...question.common.map(({ value, feedback }) => ({ right: false, text: same(String(value)), feedback }))];
    }
    case 'short-text':
      return [{ right: true, text: same(question.accept.join(' / ')), feedback: question.wrong }];
  }
}
