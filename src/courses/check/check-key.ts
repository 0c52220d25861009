import { chanceOfAtLeast, chanceOfAtMost } from '../../rules/chance.js';
import type { Option } from '../../rules/questions.js';
import type { BankItem, CourseFiles } from '../files/course-files.js';
import { error, note, type Finding } from '../files/finding.js';
import { CHANCE_LIMIT } from './rules.js';

type Single = BankItem & { question: { options: Option[] } };

/** Whether the key could be guessed without reading: from its place, or from being the longest. */
export function checkKeyPatterns(files: CourseFiles): Finding[] {
  const singles = files.questions.filter((item): item is Single =>
    item.question.type === 'single' && item.question.options.filter((option) => option.correct).length === 1);
  return [...checkLongest(singles, files), ...checkPlaces(singles, files), ...checkTrueFalse(files)];
}

/**
 * By chance the key is the longest option of n in one question out of n. More often than that is an error when so many
 * (or more) would come about by chance with a probability below CHANCE_LIMIT.
 */
function checkLongest(singles: readonly Single[], files: CourseFiles): Finding[] {
  const longest = singles.filter(({ question }) => {
    const lengths = question.options.map((option) => [...option.text.vi].length);
    const key = lengths[question.options.findIndex((option) => option.correct)] ?? 0;
    return lengths.filter((length) => length >= key).length === 1;
  }).length;
  const chances = singles.map(({ question }) => 1 / question.options.length);
  if (chanceOfAtLeast(longest, chances) >= CHANCE_LIMIT) return [];
  return [error(files.course.at('quiz'), 'key-longest', {
    count: longest, of: singles.length, expected: Math.round(sum(chances)),
  })];
}

/** Each place (a, b, c…) is tried both ways; the limit is shared among all the tries. */
function checkPlaces(singles: readonly Single[], files: CourseFiles): Finding[] {
  const most = Math.max(0, ...singles.map(({ question }) => question.options.length));
  const findings: Finding[] = [];
  for (let place = 0; place < most; place += 1) {
    const withPlace = singles.filter(({ question }) => place < question.options.length);
    const count = withPlace.filter(({ question }) => question.options[place]?.correct).length;
    const chances = withPlace.map(({ question }) => 1 / question.options.length);
    const limit = CHANCE_LIMIT / (2 * most);
    if (Math.min(chanceOfAtLeast(count, chances), chanceOfAtMost(count, chances)) >= limit) continue;
    findings.push(error(files.course.at('quiz'), 'key-place', {
      place: 'abcdefgh'[place], count, of: withPlace.length, expected: Math.round(sum(chances)),
    }));
  }
  return findings;
}

function checkTrueFalse(files: CourseFiles): Finding[] {
  const answers = files.questions.flatMap(({ question }) => (question.type === 'true-false' ? [question.answer] : []));
  const count = answers.filter(Boolean).length;
  const halves = answers.map(() => 0.5);
  if (Math.min(chanceOfAtLeast(count, halves), chanceOfAtMost(count, halves)) >= CHANCE_LIMIT / 2) return [];
  return [note(files.course.at('quiz'), 'true-false-uneven', { count, of: answers.length })];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
