import { countWords } from '../rules/wording.js';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';
import { MARKING_WORKING_DAYS, workingDaysAfter } from '../rules/working-days.js';

export interface SubmittedFile {
  id: number;
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  sha256: string;
}

export interface Marking {
  levels: Record<string, number>;
  remark: string;
  passed: boolean;
  markedAt: Date;
  assessorAccountId: number;
}

/** Practical work that was handed in, with what came of it. */
export interface Submission {
  id: number;
  courseRunId: number;
  number: number;
  text: string;
  file: SubmittedFile | null;
  handedInAt: Date;
  marking: Marking | null;
}

export interface SubmissionRow extends Omit<Submission, 'marking'>, Partial<Marking> {}

/** Reads submission `s` with its file `f` and its marking `m`. */
export const SUBMISSION_COLUMNS = `s.id, s.course_run_id AS "courseRunId", s.number, s.text, s.handed_in_at AS "handedInAt",
  CASE WHEN f.id IS NULL THEN NULL ELSE jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type,
    'size', f.size, 'sha256', f.sha256) END AS file,
  m.levels, m.remark, m.passed, m.marked_at AS "markedAt", m.assessor_account_id AS "assessorAccountId"`;
export const SUBMISSION_JOINS = `LEFT JOIN stored_file f ON f.id = s.file_id
  LEFT JOIN assignment_marking m ON m.submission_id = s.id`;

export function submissionOf<Row extends SubmissionRow>(row: Row) {
  const { levels, remark, passed, markedAt, assessorAccountId, ...submission } = row;
  const marking = levels && markedAt
    ? {
      levels, remark: remark as string, passed: passed as boolean, markedAt, assessorAccountId: assessorAccountId as number,
    } : null;
  return { ...submission, marking };
}

/** By when it is to be marked: the end of this day in Viet Nam. */
export function dueOn(submission: { handedInAt: Date }): CivilDate {
  return workingDaysAfter(civilDateOf(submission.handedInAt), MARKING_WORKING_DAYS);
}

export const wordsOf = (submission: { text: string }) => countWords(submission.text);
