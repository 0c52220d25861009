import { Injectable } from '@nestjs/common';
import { Courses, type CourseVersion } from '../courses/index.js';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound, refused } from '../platform/errors.js';
import { mayStartAttempt, type MayStart } from '../rules/deadlines.js';
import { civilDateOf } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { StudyRepository } from '../study/index.js';
import { AllowancesRepository, type Allowance, type LearnerRun } from './allowances.repository.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';
import { QuizAttemptsRepository, type AttemptState } from './quiz-attempts.repository.js';

export interface AllowanceCase {
  learner: LearnerRun;
  version: CourseVersion;
  attempts: AttemptState[];
  allowances: Allowance[];
  may: MayStart;
}

/** Lets somebody whose last attempt failed try once more: somebody of one's own part of the tree, and for a reason. */
@Injectable()
export class GrantQuizAttempt {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly study: StudyRepository,
    private readonly attempts: QuizAttemptsRepository,
    private readonly allowances: AllowancesRepository,
    private readonly closing: CloseQuizAttempt,
    private readonly audit: AuditTrail,
  ) {}

  /** What there is to decide about. @throws Refusal `run-not-found` when there is none in one's part of the tree */
  async find(
    principal: Principal,
    which: { runId: number } | { personId: number; courseSlug: string },
    now: Date,
  ): Promise<AllowanceCase> {
    return this.database.inSnapshot((tx) => this.read(tx, principal, which, now));
  }

  /**
   * @returns the allowance; the same one when it was granted already
   * @throws Refusal `allowance-not-needed` while attempts are left, `quiz-passed-already`, `allowance-for-oneself`
   */
  async run(
    principal: Principal,
    runId: number,
    reason: string,
    now: Date,
  ): Promise<{ allowance: Allowance; isNew: boolean }> {
    return this.database.inTransaction(async (tx) => {
      const { learner } = await this.read(tx, principal, { runId }, now);
      if (learner.personId === principal.personId) throw refused('allowance-for-oneself');
      await this.study.lockRun(tx, learner.runId);
      for (const attempt of await this.attempts.ofRun(tx, learner.runId)) {
        if (attempt.closedAt === null) await this.closing.ifOver(tx, attempt, now);
      }
      const { attempts, allowances, may } = await this.read(tx, principal, { runId }, now);
      const granted = allowances.find((allowance) => allowance.afterAttempt === attempts.length);
      if (granted && attempts.length > 0) return { allowance: granted, isNew: false };
      if (may.may || may.because !== 'none-left') {
        throw refused(!may.may && may.because === 'passed' ? 'quiz-passed-already' : 'allowance-not-needed');
      }
      const allowance = { afterAttempt: attempts.length, reason, grantedAt: now };
      await this.allowances.insert(tx, learner.runId, allowance, principal.accountId);
      await this.audit.record(tx, {
        action: 'quiz-attempt.granted', subjectKind: 'course-run', subjectId: learner.runId, agencyId: learner.agencyId,
        details: { personId: learner.personId, courseId: learner.courseId, afterAttempt: attempts.length },
      });
      return { allowance, isNew: true };
    });
  }

  private async read(
    tx: Tx, principal: Principal, which: { runId: number } | { personId: number; courseSlug: string }, now: Date,
  ): Promise<AllowanceCase> {
    const roots = scopeRoots(principal.grants, 'attempts.grant');
    const learner = await this.allowances.findRun(tx, which, roots, civilDateOf(now));
    if (!learner) throw notFound('run-not-found');
    const version = await this.courses.version(tx, learner.courseVersionId);
    if (!version.quiz) throw notFound('run-not-found');
    const attempts = await this.attempts.ofRun(tx, learner.runId);
    const allowances = await this.allowances.ofRun(tx, learner.runId);
    return {
      learner,
      version,
      attempts,
      allowances,
      may: mayStartAttempt(version.quiz, attempts, allowances.length, now),
    };
  }
}
