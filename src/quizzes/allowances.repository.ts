import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';

export interface Allowance { afterAttempt: number; reason: string; grantedAt: Date }

/** Somebody's run of a course, as a coordinator of their agency sees it. */
export interface LearnerRun {
  runId: number;
  personId: number;
  name: string;
  courseId: number;
  courseVersionId: number;
  /** The agency of the post through which the coordinator reaches the person. */
  agencyId: number;
}

@Injectable()
export class AllowancesRepository {
  /** A run of a person who holds a post below one of the roots on the day; null otherwise. */
  findRun(
    tx: Tx,
    which: { runId: number } | { personId: number; courseSlug: string },
    roots: readonly number[],
    on: CivilDate,
  ): Promise<LearnerRun | null> {
    const byRun = 'runId' in which;
    return first(tx,
      `SELECT run.id AS "runId", run.person_id AS "personId", person.full_name AS name, run.course_id AS "courseId",
              run.course_version_id AS "courseVersionId", post.agency_id AS "agencyId"
         FROM course_run run
         JOIN course ON course.id = run.course_id
         JOIN person ON person.id = run.person_id
         JOIN post ON post.person_id = run.person_id AND post.superseded_at = 'infinity'
          AND post.valid_from <= $1::date AND $1::date < post.valid_to
        WHERE ${byRun ? 'run.id = $3' : 'run.person_id = $3 AND course.slug = $4'}
          AND EXISTS (SELECT 1 FROM agency_closure c
                       WHERE c.superseded_at = 'infinity' AND c.ancestor_id = ANY($2::int[])
                         AND c.descendant_id = post.agency_id AND c.valid_from <= $1::date AND $1::date < c.valid_to)
        ORDER BY run.cycle DESC, post.post_id LIMIT 1`,
      byRun ? [on, roots, which.runId] : [on, roots, which.personId, which.courseSlug]);
  }

  ofRun(tx: Tx, runId: number): Promise<Allowance[]> {
    return rows(tx,
      `SELECT after_attempt AS "afterAttempt", reason, granted_at AS "grantedAt" FROM quiz_allowance
        WHERE course_run_id = $1 ORDER BY after_attempt`, [runId]);
  }

  async insert(tx: Tx, runId: number, allowance: Allowance, grantedBy: number): Promise<void> {
    await tx.query(
      `INSERT INTO quiz_allowance (course_run_id, after_attempt, reason, granted_by, granted_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [runId, allowance.afterAttempt, allowance.reason, grantedBy, allowance.grantedAt]);
  }
}
