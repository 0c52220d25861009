/** A lesson was marked as finished, for the first time. */
export interface LessonFinished {
  courseRunId: number;
  lessonId: number;
  at: Date;
}

declare module '../platform/facts.js' {
  interface FactMap {
    'lesson-finished': LessonFinished;
  }
}
