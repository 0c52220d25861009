import fc from 'fast-check';
import {
  missingForCourse,
  missingForProgramme,
  type CourseEvidence,
  type Missing,
} from '../../src/rules/completion.js';
import { cases, words } from '../support/cases.js';

test.each(
  cases<'what' | 'lessons' | 'finished' | 'quiz' | 'passed' | 'assignment' | 'handed_in' | 'missing'>('completion'),
)('a course: $what', (row) => {
  const missing = missingForCourse(
    { lessons: words(row.lessons), quiz: row.quiz === 'yes', assignment: row.assignment === 'yes' },
    {
      lessonsFinished: new Set(words(row.finished)),
      quizPassed: row.passed === 'yes',
      assignment: row.handed_in as CourseEvidence['assignment'],
    },
  );
  const expected =
    row.missing === ''
      ? []
      : row.missing.split('|').map((cell): Missing => {
          const [what, ...rest] = words(cell);
          if (what === 'lessons') return { what, codes: rest };
          if (what === 'assignment') return { what, because: rest[0] as 'none' };
          return { what: 'quiz' };
        });
  expect(missing).toEqual(expected);
});

describe('whatever the evidence', () => {
  const codes = ['B2.1', 'B2.2', 'B2.3'];
  const rule = fc.record({ lessons: fc.subarray(codes), quiz: fc.boolean(), assignment: fc.boolean() });
  const evidence = fc.record({
    lessonsFinished: fc.subarray(codes).map((some) => new Set(some)), quizPassed: fc.boolean(),
    assignment: fc.constantFrom<CourseEvidence['assignment'][]>('none', 'waiting', 'passed', 'not-passed'),
  });

  test('more evidence never makes more missing', () => {
    fc.assert(fc.property(rule, evidence, fc.subarray(codes), (asked, held, more) => {
      const before = missingForCourse(asked, held);
      const after = missingForCourse(asked, {
        ...held, lessonsFinished: new Set([...held.lessonsFinished, ...more]), quizPassed: true,
      });
      expect(after.length).toBeLessThanOrEqual(before.length);
    }));
  });

  test('asking again gives the same answer, and nothing missing means every part is there', () => {
    fc.assert(fc.property(rule, evidence, (asked, held) => {
      const missing = missingForCourse(asked, held);
      expect(missingForCourse(asked, held)).toEqual(missing);
      const whole = asked.lessons.every((code) => held.lessonsFinished.has(code)) && (!asked.quiz || held.quizPassed)
        && (!asked.assignment || held.assignment === 'passed');
      expect(missing.length === 0).toBe(whole);
    }));
  });
});

test('a programme without a required course is never complete', () => {
  expect(missingForProgramme({ required: [] }, new Set([1, 2]))).toBe('nothing-required');
  expect(missingForProgramme({ required: [1, 2] }, new Set([2, 3]))).toEqual([1]);
  expect(missingForProgramme({ required: [1, 2] }, new Set([2, 1]))).toEqual([]);
});
