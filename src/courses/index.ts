export type {
  Assignment, Competences, CompletionRule, CourseProof, CourseVersion, Criterion, Lesson, LessonContent, Outcome, Quiz,
  SelfCheck, Source,
} from './course-version.js';
export { Courses } from './courses.service.js';
export { competenceRows } from './course.page.js';
export { CoursesModule } from './courses.module.js';
export { PublishCourses, type Published } from './publish-courses.js';

// For the other files under courses/, which programmes/ reads and checks in the same way.
export { checkCourses, isReady, type CheckedCourse } from './check/check-courses.js';
export { checkWriting } from './check/check-writing.js';
export { coursesFolder } from './courses-folder.js';
export { hashOf } from './files/content-hash.js';
export { describeFinding } from './describe-finding.js';
export { error, inOrder, note, type Finding } from './files/finding.js';
export { readYaml, type Located } from './files/located.js';
export { bothLanguages, competences } from './files/shapes.js';
