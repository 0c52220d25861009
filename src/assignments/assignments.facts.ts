/** Practical work was marked, for the first and only time. */
export interface AssignmentMarked {
  submissionId: number;
  courseRunId: number;
  passed: boolean;
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'assignment-marked': AssignmentMarked;
  }
}
