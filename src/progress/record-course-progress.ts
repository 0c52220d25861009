import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { Facts } from '../platform/facts.js';
import { civilDateOf } from '../rules/civil-date.js';
import { COMPLETION_RULE_VERSION, missingForCourse } from '../rules/completion.js';
import { courseRuleOf, StudyRepository } from '../study/index.js';
import { EvidenceRepository } from './evidence.repository.js';

/**
 * Asks, whenever evidence was added, whether the course is complete now. The insert into course_completion decides: it
 * happens once a run, whatever else runs at the same moment, and only a new row publishes the fact.
 */
@Injectable()
export class RecordCourseProgress {
  constructor(
    private readonly study: StudyRepository,
    private readonly courses: Courses,
    private readonly evidence: EvidenceRepository,
    private readonly facts: Facts,
  ) {}

  async run(tx: Tx, courseRunId: number, at: Date): Promise<void> {
    const run = await this.study.lockRun(tx, courseRunId);
    if (!run) return;
    const version = await this.courses.version(tx, run.courseVersionId);
    const evidence = await this.evidence.ofRun(tx, courseRunId);
    if (missingForCourse(courseRuleOf(version), evidence).length > 0) return;

    const completedOn = civilDateOf(at);
    const [added] = await rows<{ id: number }>(tx,
      `INSERT INTO course_completion (course_run_id, person_id, course_id, course_version_id, completed_on, completed_at,
         rule_version, evidence)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (course_run_id) DO NOTHING RETURNING id`,
      [run.id, run.personId, run.courseId, run.courseVersionId, completedOn, at, COMPLETION_RULE_VERSION,
        { visits: evidence.visits, attempt: evidence.attempt, submission: evidence.submission }]);
    if (!added) return;
    await this.facts.publish(tx, 'course-completed', {
      completionId: added.id, courseRunId: run.id, personId: run.personId, courseId: run.courseId,
      courseVersionId: run.courseVersionId, completedOn, at,
    });
  }
}
