/**
 * When a course or a programme is complete: a pure function of the evidence and the rule of the version that was
 * studied. What is missing is said in full, so that a learner is never left guessing why nothing moves.
 */
export const COMPLETION_RULE_VERSION = 1;

export interface CourseRule {
  /** Codes of the lessons of the version, all of which must be finished. */
  lessons: readonly string[];
  quiz: boolean;
  assignment: boolean;
}

export interface CourseEvidence {
  lessonsFinished: ReadonlySet<string>;
  quizPassed: boolean;
  assignment: 'none' | 'waiting' | 'passed' | 'not-passed';
}

export type Missing =
  | { what: 'lessons'; codes: string[] }
  | { what: 'quiz' }
  | { what: 'assignment'; because: 'none' | 'waiting' | 'not-passed' };

/** What is still missing; nothing means complete. */
export function missingForCourse(rule: CourseRule, evidence: CourseEvidence): Missing[] {
  const missing: Missing[] = [];
  const codes = rule.lessons.filter((code) => !evidence.lessonsFinished.has(code));
  if (codes.length > 0) missing.push({ what: 'lessons', codes });
  if (rule.quiz && !evidence.quizPassed) missing.push({ what: 'quiz' });
  if (rule.assignment && evidence.assignment !== 'passed') {
    missing.push({ what: 'assignment', because: evidence.assignment });
  }
  return missing;
}

export interface ProgrammeRule {
  required: readonly number[];
}

/**
 * Courses of a programme that are still to be completed. A programme without any required course is never complete:
 * an empty promise earns no certificate.
 */
export function missingForProgramme(rule: ProgrammeRule, completedCourseIds: ReadonlySet<number>): number[] | 'nothing-required' {
  if (rule.required.length === 0) return 'nothing-required';
  return rule.required.filter((courseId) => !completedCourseIds.has(courseId));
}
