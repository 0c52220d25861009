import { Injectable } from '@nestjs/common';
import { Courses, type Assignment, type CourseVersion } from '../courses/index.js';
import type { Principal } from '../platform/access/principal.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { civilDateOf } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { lastOverdueDay, MARKING_WORKING_DAYS } from '../rules/working-days.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { MarkingRepository, type Assessor, type MarkableSubmission, type WaitingSubmission } from './marking.repository.js';
import type { Submission } from './submission.js';

export interface MarkingQueue {
  waiting: number;
  overdue: number;
  items: (WaitingSubmission & { version: CourseVersion })[];
  /** Where the next page begins; null on the last. */
  next: string | null;
}

export interface ToMark {
  submission: MarkableSubmission;
  version: CourseVersion;
  assignment: Assignment;
  /** The first submission, where this is the resubmission. */
  before: Submission | null;
}

export function assessorOf(me: Principal, now: Date): Assessor {
  return {
    accountId: me.accountId, personId: me.personId, roots: scopeRoots(me.grants, 'assignments.mark'), today: civilDateOf(now),
  };
}

@Injectable()
export class ReadMarking {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly assignments: AssignmentsRepository,
    private readonly submissions: MarkingRepository,
  ) {}

  /** What waits for this assessor, oldest first, and how much of it is late. */
  async queue(assessor: Assessor, page: { after?: number; limit: number }): Promise<MarkingQueue> {
    return this.database.inSnapshot(async (tx) => {
      const found = await this.submissions.waiting(tx, assessor, page.after ?? null, page.limit + 1);
      const counts = await this.submissions.countWaiting(tx, assessor, lastOverdueDay(assessor.today, MARKING_WORKING_DAYS));
      const shown = found.slice(0, page.limit);
      const versions = await this.versions(tx, shown.map((item) => item.courseVersionId));
      const items = shown.flatMap((item) => {
        const version = versions.get(item.courseVersionId);
        return version ? [{ ...item, version }] : [];
      });
      return { ...counts, items, next: found.length > page.limit ? String(shown.at(-1)?.id) : null };
    });
  }

  /** @throws Refusal `submission-not-found` when it is not this assessor's to see */
  async one(assessor: Assessor, submissionId: number): Promise<ToMark> {
    return this.database.inSnapshot(async (tx) => {
      const submission = await this.submissions.find(tx, assessor, submissionId);
      if (!submission) throw notFound('submission-not-found');
      const version = await this.courses.version(tx, submission.courseVersionId);
      if (!version.assignment) throw notFound('submission-not-found');
      const all = await this.assignments.submissions(tx, submission.courseRunId);
      const before = all.find((candidate) => candidate.number < submission.number) ?? null;
      return { submission, version, assignment: version.assignment, before };
    });
  }

  /** Versions are kept in memory by Courses; the few that are not are read once each. */
  private async versions(tx: Tx, ids: number[]): Promise<Map<number, CourseVersion>> {
    const found = new Map<number, CourseVersion>();
    for (const id of new Set(ids)) found.set(id, await this.courses.version(tx, id));
    return found;
  }
}
