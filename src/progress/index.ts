export { ProgressModule } from './progress.module.js';
export { RecordCourseProgress } from './record-course-progress.js';
export { RecordProgrammeProgress } from './record-programme-progress.js';
export type { CourseCompleted, ProgrammeCompleted } from './progress.facts.js';
