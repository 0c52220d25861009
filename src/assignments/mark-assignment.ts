import { Injectable } from '@nestjs/common';
import { Courses, type Assignment } from '../courses/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { badFields, conflict, notFound, type Problem } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import { gradeRubric } from '../rules/grading.js';
import { LEAST_REMARK } from '../rules/handing-in.js';
import { StudyRepository } from '../study/index.js';
import type { MarkingForm } from './assignments.forms.js';
import { MarkingRepository, type Assessor } from './marking.repository.js';
import type { Marking } from './submission.js';

export interface Marked {
  passed: boolean;
  total: number;
  /** false: the same assessor had sent the very same marking before. */
  isNew: boolean;
}

/**
 * Marks practical work by its rubric, once. The outcome is what the rule says of the levels, never a choice of its own.
 */
@Injectable()
export class MarkAssignment {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly study: StudyRepository,
    private readonly submissions: MarkingRepository,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws Refusal `submission-not-found` when it is not this assessor's to mark; `submission-marked-already`;
   * on the fields when a criterion has no level or the remark is too short
   */
  async run(assessor: Assessor, submissionId: number, form: MarkingForm, now: Date): Promise<Marked> {
    return this.database.inTransaction(async (tx) => {
      const waiting = await this.submissions.find(tx, assessor, submissionId);
      if (!waiting) throw notFound('submission-not-found');
      await this.study.lockRun(tx, waiting.courseRunId);
      const submission = await this.submissions.find(tx, assessor, submissionId);
      if (!submission) throw notFound('submission-not-found');

      const { assignment } = await this.courses.version(tx, submission.courseVersionId);
      if (!assignment) throw notFound('assignment-not-found');
      const criteria = assignment.criteria.map((criterion) => criterion.id);
      const { passed, total } = gradeRubric(form.levels, criteria, assignment.pass);
      if (submission.marking) {
        if (isSame(submission.marking, assessor, form, criteria)) return { passed, total, isNew: false };
        throw conflict('submission-marked-already');
      }
      const levels = checked(assignment, form);

      const added = await this.submissions.add(tx, {
        submissionId, assessorAccountId: assessor.accountId, levels, remark: form.remark, passed, now,
      });
      if (!added) throw conflict('submission-marked-already');
      await this.audit.record(tx, {
        action: 'assignment.marked', subjectKind: 'assignment-submission', subjectId: submissionId,
        details: { courseRunId: submission.courseRunId, number: submission.number, passed, levels },
      });
      await this.facts.publish(tx, 'assignment-marked', {
        submissionId, courseRunId: submission.courseRunId, passed, at: now,
      });
      return { passed, total, isNew: true };
    });
  }
}

/** A level for every criterion of this task and nothing else, and a remark; all that is wrong at once. */
function checked(assignment: Assignment, form: MarkingForm): Record<string, number> {
  const missing = assignment.criteria.filter((criterion) => form.levels[criterion.id] === undefined);
  const problems = missing.map((criterion): Problem => ({
    field: `levels.${criterion.id}`, code: 'level-missing',
  }));
  if (form.remark.length < LEAST_REMARK) {
    problems.push({ field: 'remark', code: 'remark-too-short', params: { min: LEAST_REMARK } });
  }
  if (problems.length > 0) throw badFields(problems);
  return Object.fromEntries(assignment.criteria.map((criterion) => [criterion.id, form.levels[criterion.id] as number]));
}

function isSame(marking: Marking, assessor: Assessor, form: MarkingForm, criteria: string[]): boolean {
  return marking.assessorAccountId === assessor.accountId && marking.remark === form.remark
    && criteria.every((criterion) => marking.levels[criterion] === form.levels[criterion]);
}
