export { OpenCourseRun } from './open-course-run.js';
export { RecordLessonVisit } from './record-lesson-visit.js';
export { StudyRepository, type CourseRun, type RunStanding } from './study.repository.js';
export { nextStep, type NextStep } from './next-step.js';
export { courseRuleOf, missingSentence } from './what-is-missing.js';
export { slug } from './study.forms.js';
export { StudyModule } from './study.module.js';
export type { LessonFinished } from './study.facts.js';
