/** An attempt was closed and graded. Happens once an attempt; its score never changes. */
export interface QuizAttemptGraded {
  attemptId: number;
  courseRunId: number;
  passed: boolean;
  /** 0 to 100, at most two decimals. */
  score: number;
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'quiz-attempt-graded': QuizAttemptGraded;
  }
}
