import { one, type Tx } from '../../src/platform/database/sql.js';

/** Evidence written straight into the tables: what coverage is derived from. */
export interface ProvingCourse { courseId: number; versionId: number; proves: Record<string, number>; validityMonths: number | null }

/** A published course that proves periods of criteria; the same code again is its next version. */
export async function provingCourse(
  tx: Tx, code: string, proves: Record<string, number>, validityMonths: number | null = null,
): Promise<ProvingCourse> {
  const { id: courseId } = await one<{ id: number }>(tx,
    'INSERT INTO course (code, slug) VALUES ($1, lower($1)) ON CONFLICT (code) DO UPDATE SET slug = excluded.slug RETURNING id', [code]);
  const periods = Object.values(proves).reduce((all, each) => all + each, 0);
  const { id: versionId } = await one<{ id: number }>(tx,
    `INSERT INTO course_version (course_id, number, content_sha256, title, summary, periods, validity_months, competences,
       outcomes, completion, published_at)
     VALUES ($1, (SELECT count(*) + 1 FROM course_version WHERE course_id = $1), md5($2), $3, $3, $4, $5, '{}', '[]',
       '{"lessons": "all"}', '2026-01-01T00:00:00Z') RETURNING id`,
    [courseId, `${code} ${periods} ${validityMonths}`, { vi: `Khóa ${code}`, en: `Course ${code}` }, periods, validityMonths]);
  for (const [criterion, each] of Object.entries(proves)) {
    await tx.query('INSERT INTO course_proof (course_version_id, criterion, periods) VALUES ($1, $2, $3)', [versionId, criterion, each]);
  }
  return { courseId, versionId, proves, validityMonths };
}

/** A completed course, with its certificate. @returns their ids */
export async function completion(
  tx: Tx, personId: number, course: ProvingCourse, completedOn: string, completedAt: string,
): Promise<{ completionId: number; certificateId: number }> {
  const { id: runId } = await one<{ id: number }>(tx,
    `INSERT INTO course_run (person_id, course_id, cycle, course_version_id, opened_at)
     VALUES ($1, $2, (SELECT count(*) + 1 FROM course_run WHERE person_id = $1 AND course_id = $2), $3, $4) RETURNING id`,
    [personId, course.courseId, course.versionId, completedAt]);
  const { id: completionId } = await one<{ id: number }>(tx,
    `INSERT INTO course_completion (course_run_id, person_id, course_id, course_version_id, completed_on, completed_at,
       rule_version, evidence) VALUES ($1, $2, $3, $4, $5, $6, 1, '{}') RETURNING id`,
    [runId, personId, course.courseId, course.versionId, completedOn, completedAt]);
  const { id: certificateId } = await one<{ id: number }>(tx,
    `INSERT INTO certificate (number, verify_code, person_id, course_completion_id, facts, issued_on, issued_at, trial)
     VALUES ('T-' || $1, 'T' || $1, $2, $3, '{}', $4, $5, false) RETURNING id`,
    [String(completionId), personId, completionId, completedOn, completedAt]);
  return { completionId, certificateId };
}

export async function revoke(tx: Tx, certificateId: number, at: string): Promise<void> {
  await tx.query(`INSERT INTO certificate_revocation (certificate_id, reason, revoked_at) VALUES ($1, 'Nhầm', $2)`, [certificateId, at]);
}

export async function recognised(
  tx: Tx, personId: number, criterion: string, periods: number, from: string, to: string, recordedAt: string,
): Promise<number> {
  const { id } = await one<{ id: number }>(tx,
    `INSERT INTO recognised_learning (person_id, criterion, periods, title, evidence, valid_from, valid_to, recorded_at)
     VALUES ($1, $2, $3, 'Lớp bồi dưỡng', 'Giấy chứng nhận', $4, $5, $6) RETURNING id`,
    [personId, criterion, periods, from, to, recordedAt]);
  return id;
}
