import type { CivilDate } from '../rules/civil-date.js';

/** All evidence that the course's rule asks for is there. Happens once a run; its date never changes. */
export interface CourseCompleted {
  completionId: number;
  courseRunId: number;
  personId: number;
  courseId: number;
  courseVersionId: number;
  completedOn: CivilDate;
  at: Date;
}

/** All required courses of an assigned programme are complete. Happens once a cycle. */
export interface ProgrammeCompleted {
  completionId: number;
  personId: number;
  programmeId: number;
  programmeVersionId: number;
  completedOn: CivilDate;
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'course-completed': CourseCompleted;
    'programme-completed': ProgrammeCompleted;
  }
}
