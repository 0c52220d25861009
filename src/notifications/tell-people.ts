import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import { Jobs } from '../platform/jobs/jobs.js';

/**
 * Tells people what concerns them, inside the system and, where there is an address, by mail. Set-based: a class of five
 * thousand is two statements. Who has no account is told nothing; their coordinator sees them on the class board.
 */
@Injectable()
export class TellPeople {
  constructor(private readonly jobs: Jobs) {}

  /** A class was given to people: those of its enrolments that nobody was told of yet. */
  async ofClass(tx: Tx, cohortId: number, at: Date): Promise<void> {
    const told = `
      SELECT account.id AS account_id, account.language, person.email, enrolment.id AS enrolment_id,
        jsonb_build_object('class', cohort.title, 'due', to_char(cohort.due, 'DD/MM/YYYY'), 'name', person.full_name) AS params
      FROM enrolment
      JOIN cohort ON cohort.id = enrolment.cohort_id
      JOIN person ON person.id = enrolment.person_id
      JOIN account ON account.person_id = person.id AND account.disabled_at IS NULL
      WHERE enrolment.cohort_id = $1 AND enrolment.withdrawn_at IS NULL`;
    await tx.query(
      `INSERT INTO message (account_id, kind, params, once_key, created_at)
       SELECT account_id, 'assigned', params - 'name', 'assigned:' || enrolment_id, $2 FROM (${told}) told
       ON CONFLICT (once_key) DO NOTHING`, [cohortId, at]);
    await tx.query(
      `INSERT INTO mail (recipient, language, kind, params, once_key, created_at)
       SELECT email, language, 'assigned', params, 'assigned:' || enrolment_id, $2 FROM (${told}) told WHERE email IS NOT NULL
       ON CONFLICT (once_key) DO NOTHING`, [cohortId, at]);
    await this.jobs.enqueue(tx, 'send-waiting-mail', {}, `send-waiting-mail:class:${cohortId}`);
  }

  /** Something happened to one person. */
  async person(tx: Tx, personId: number, kind: 'certificate' | 'marked', params: Record<string, unknown>, onceKey: string, at: Date): Promise<void> {
    await tx.query(
      `INSERT INTO message (account_id, kind, params, once_key, created_at)
       SELECT id, $2, $3, $4, $5 FROM account WHERE person_id = $1 AND disabled_at IS NULL ON CONFLICT (once_key) DO NOTHING`,
      [personId, kind, params, onceKey, at]);
  }

  /** The person of a course run was told the outcome of the practical task. */
  async marked(tx: Tx, courseRunId: number, submissionId: number, passed: boolean, at: Date): Promise<void> {
    await tx.query(
      `INSERT INTO message (account_id, kind, params, once_key, created_at)
       SELECT account.id, 'marked', jsonb_build_object('passed', $3::boolean, 'course', course.code, 'slug', course.slug,
           'last', (SELECT number = 2 FROM assignment_submission WHERE id = $2::bigint)), 'marked:' || $2, $4
       FROM course_run run JOIN account ON account.person_id = run.person_id JOIN course ON course.id = run.course_id
       WHERE run.id = $1 ON CONFLICT (once_key) DO NOTHING`, [courseRunId, submissionId, passed, at]);
  }
}
