import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { one, type Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { StudyRepository, type CourseRun } from './study.repository.js';

/**
 * The run in which a person studies a course: the one that is open, or a new one pinned to the latest version. Any
 * signed-in official may open any published course: Decree 171/2025/NĐ-CP values study of one's own choice, and
 * assignment by a class adds a due date, not a permission.
 */
@Injectable()
export class OpenCourseRun {
  constructor(private readonly courses: Courses, private readonly study: StudyRepository) {}

  /** @throws Refusal `course-not-found` when there is no published version */
  async run(tx: Tx, personId: number, courseId: number, now: Date): Promise<CourseRun> {
    const open = await this.study.findRun(tx, personId, courseId);
    if (open) return open;
    const version = await this.courses.latest(tx, courseId);
    if (!version) throw notFound('course-not-found');
    await this.study.insertRun(tx, personId, courseId, version.id, now);
    // Read again: another tab may have been first, on whatever version was latest then.
    return one<CourseRun>(tx,
      `SELECT id, person_id AS "personId", course_id AS "courseId", cycle, course_version_id AS "courseVersionId",
         opened_at AS "openedAt" FROM course_run WHERE person_id = $1 AND course_id = $2 AND cycle = 1`,
      [personId, courseId],
    );
  }
}
