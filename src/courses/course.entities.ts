import { CourseMediaEntity } from './course-media.entity.js';
import { CourseProofEntity } from './course-proof.entity.js';
import { CourseVersionEntity } from './course-version.entity.js';
import { CourseEntity } from './course.entity.js';
import { LessonEntity } from './lesson.entity.js';
import { QuestionEntity } from './question.entity.js';

export const COURSE_ENTITIES = [
  CourseEntity, CourseVersionEntity, CourseProofEntity, LessonEntity, QuestionEntity, CourseMediaEntity,
];
