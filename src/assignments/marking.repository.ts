import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import { endOfDay, type CivilDate } from '../rules/civil-date.js';
import { SUBMISSION_COLUMNS, SUBMISSION_JOINS, submissionOf, type Submission, type SubmissionRow } from './submission.js';

/** Who marks, from which agencies down, on which day. */
export interface Assessor {
  accountId: number;
  personId: number;
  roots: number[];
  today: CivilDate;
}

/** What an assessor learns of whose work it is: the kind of agency and nothing else. */
export interface MarkableSubmission extends Submission {
  courseVersionId: number;
  agencyType: string | null;
}

export interface WaitingSubmission {
  id: number;
  number: number;
  handedInAt: Date;
  hasFile: boolean;
  courseVersionId: number;
  agencyType: string | null;
}

// The days that decide where somebody belongs: the day of handing in, so that a transfer does not lose the work out of
// everybody's queue, and today, so that nobody marks a new colleague.
const DAYS = `(VALUES ((s.handed_in_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), ($3::date)) AS days (day)`;
const holds = (row: string) =>
  `${row}.superseded_at = 'infinity' AND ${row}.valid_from <= days.day AND days.day < ${row}.valid_to`;

/**
 * Submission s of course run r may be marked by person $2 with roots $1 on day $3: its learner holds a post below the
 * roots (a learner without any post: below the nation only), is somebody else, and shares no agency with the assessor.
 */
const MAY_MARK = `r.person_id <> $2
  AND (EXISTS (
      SELECT 1 FROM ${DAYS} JOIN post p ON p.person_id = r.person_id AND ${holds('p')}
        JOIN agency_closure c ON c.descendant_id = p.agency_id AND c.ancestor_id = ANY($1::int[])
          AND ${holds('c')})
    OR (EXISTS (SELECT 1 FROM agency_version v
          WHERE v.agency_id = ANY($1::int[]) AND v.type = 'nation' AND v.superseded_at = 'infinity')
      AND NOT EXISTS (SELECT 1 FROM ${DAYS} JOIN post p ON p.person_id = r.person_id AND ${holds('p')})))
  AND NOT EXISTS (
    SELECT 1 FROM ${DAYS} JOIN post theirs ON theirs.person_id = r.person_id AND ${holds('theirs')}
      JOIN post mine ON mine.person_id = $2 AND mine.agency_id = theirs.agency_id AND ${holds('mine')})`;

const AGENCY_TYPE = `(SELECT v.type FROM ${DAYS} JOIN post p ON p.person_id = r.person_id AND ${holds('p')}
    JOIN agency_version v ON v.agency_id = p.agency_id AND ${holds('v')}
  ORDER BY days.day, p.post_id LIMIT 1)`;

const UNMARKED = 'NOT EXISTS (SELECT 1 FROM assignment_marking done WHERE done.submission_id = s.id)';

/** The assessor's side. Every query holds who may mark what: nothing outside it is found. */
@Injectable()
export class MarkingRepository {
  /** What waits, oldest first, from after a submission on. */
  waiting(tx: Tx, assessor: Assessor, after: number | null, limit: number): Promise<WaitingSubmission[]> {
    return rows(tx,
      `SELECT s.id, s.number, s.handed_in_at AS "handedInAt", s.file_id IS NOT NULL AS "hasFile",
         r.course_version_id AS "courseVersionId", ${AGENCY_TYPE} AS "agencyType"
       FROM assignment_submission s JOIN course_run r ON r.id = s.course_run_id
       WHERE ${UNMARKED} AND ${MAY_MARK}
         AND ($4::bigint IS NULL OR (s.handed_in_at, s.id) >
           (SELECT last.handed_in_at, last.id FROM assignment_submission last WHERE last.id = $4))
       ORDER BY s.handed_in_at, s.id LIMIT $5`,
      [assessor.roots, assessor.personId, assessor.today, after, limit]);
  }

  /** How many wait, and how many of them were handed in on or before a day. */
  async countWaiting(tx: Tx, assessor: Assessor, until: CivilDate): Promise<{ waiting: number; overdue: number }> {
    return one(tx,
      `SELECT count(*)::int AS waiting, count(*) FILTER (WHERE s.handed_in_at < $4)::int AS overdue
       FROM assignment_submission s JOIN course_run r ON r.id = s.course_run_id WHERE ${UNMARKED} AND ${MAY_MARK}`,
      [assessor.roots, assessor.personId, assessor.today, endOfDay(until)]);
  }

  async find(tx: Tx, assessor: Assessor, submissionId: number): Promise<MarkableSubmission | null> {
    const row = await first<SubmissionRow & Pick<MarkableSubmission, 'courseVersionId' | 'agencyType'>>(tx,
      `SELECT ${SUBMISSION_COLUMNS}, r.course_version_id AS "courseVersionId", ${AGENCY_TYPE} AS "agencyType"
       FROM assignment_submission s JOIN course_run r ON r.id = s.course_run_id ${SUBMISSION_JOINS}
       WHERE s.id = $4 AND ${MAY_MARK}`,
      [assessor.roots, assessor.personId, assessor.today, submissionId]);
    return row && submissionOf(row);
  }

  /** @returns whether it was the first marking of this submission */
  async add(tx: Tx, given: {
    submissionId: number; assessorAccountId: number; levels: Record<string, number>; remark: string; passed: boolean;
    now: Date;
  }): Promise<boolean> {
    const added = await rows(tx,
      `INSERT INTO assignment_marking (submission_id, assessor_account_id, levels, remark, passed, marked_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (submission_id) DO NOTHING RETURNING submission_id`,
      [given.submissionId, given.assessorAccountId, given.levels, given.remark, given.passed, given.now]);
    return added.length > 0;
  }
}
