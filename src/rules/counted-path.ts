/** What a course gives towards criteria: so many periods (tiết, 45 minutes) of each. */
export interface ProvingCourse { proves: readonly { criterion: string; periods: number }[] }

export interface ProvedCriterion {
  criterion: string;
  /** What completing all the courses gives. */
  periods: number;
  /** What the counting rule asks for. */
  minimum: number;
  enough: boolean;
}

/**
 * What a set of courses, all completed and all still valid, proves of each criterion. Distinct courses add up
 * (counting rule version 1: K1 24 and K2 16 periods); a criterion that no course touches stands at 0.
 */
export function provedBy(
  courses: readonly ProvingCourse[], criteria: readonly { id: string; minimum: number }[],
): ProvedCriterion[] {
  return criteria.map(({ id, minimum }) => {
    const periods = courses.flatMap((course) => course.proves).filter((proof) => proof.criterion === id)
      .reduce((sum, proof) => sum + proof.periods, 0);
    return { criterion: id, periods, minimum, enough: periods >= minimum };
  });
}
