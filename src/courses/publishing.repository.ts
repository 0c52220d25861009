import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import type { Content } from './content.js';
import type { CourseFiles } from './files/course-files.js';

const ADVISORY_KEY = 1169_58;

/** Writes of published courses: rows are added, never changed. */
@Injectable()
export class PublishingRepository {
  /** Several processes may start at once: one publishes, the others wait and then find nothing new. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_KEY]);
  }

  /** The course of this code or of this folder, with its latest version. */
  async findCourse(tx: Tx, code: string, slug: string) {
    return first<{ id: number; code: string; slug: string; number: number | null; sha256: string | null }>(tx,
      `SELECT course.id, course.code, course.slug, version.number, version.content_sha256 AS sha256
         FROM course LEFT JOIN course_version version ON version.course_id = course.id
        WHERE course.code = $1 OR course.slug = $2
        ORDER BY course.code = $1 DESC, version.number DESC NULLS LAST LIMIT 1`, [code, slug]);
  }

  async latestHashes(tx: Tx): Promise<Map<string, { number: number; sha256: string }>> {
    const found = await rows<{ slug: string; number: number; sha256: string }>(tx,
      `SELECT DISTINCT ON (course.slug) course.slug, version.number, version.content_sha256 AS sha256
         FROM course JOIN course_version version ON version.course_id = course.id
        ORDER BY course.slug, version.number DESC`);
    return new Map(found.map((row) => [row.slug, row]));
  }

  async addCourse(tx: Tx, code: string, slug: string): Promise<number> {
    const row = await one<{ id: number }>(tx,
      'INSERT INTO course (code, slug) VALUES ($1, $2) RETURNING id', [code, slug]);
    return row.id;
  }

  async addVersion(
    tx: Tx, version: { courseId: number; number: number; at: Date; files: CourseFiles },
  ): Promise<number> {
    const { courseId, number, at, files } = version;
    const course = files.course.value;
    const quiz = course.quiz ? { ...course.quiz, attempts: course.quiz.attempts ?? null } : null;
    const outcomes = course.outcomes.map(({ id, vi, en }) => ({ id, text: { vi, en } }));
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO course_version (course_id, number, content_sha256, title, summary, periods, validity_months,
                                   competences, outcomes, quiz, completion, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
      [courseId, number, files.sha256, course.title, course.summary, course.periods, course.validity_months,
        course.competences, JSON.stringify(outcomes), quiz, course.completion, at]);
    await tx.query(
      `INSERT INTO course_proof (course_version_id, criterion, periods)
       SELECT $1, proof.criterion, proof.periods
         FROM jsonb_to_recordset($2::jsonb) AS proof (criterion text, periods int)`,
      [id, JSON.stringify(course.proves)]);
    return id;
  }

  /** The rest of a version, in the transaction that made it: HTML holds the id of the version, so it comes second. */
  async addContent(tx: Tx, versionId: number, content: Content): Promise<void> {
    await tx.query('UPDATE course_version SET assignment = $2 WHERE id = $1', [versionId, content.assignment]);
    await tx.query(
      `INSERT INTO lesson (course_version_id, position, code, slug, title, minutes, outcomes, contents)
       SELECT $1, lesson.* FROM jsonb_to_recordset($2::jsonb)
         AS lesson (position smallint, code text, slug text, title jsonb, minutes smallint, outcomes jsonb,
                    contents jsonb)
        ORDER BY lesson.position`, [versionId, JSON.stringify(content.lessons)]);
    const questions = content.questions.map(({ key, type, outcome, difficulty, kind, ...rest }, place) =>
      ({ place, key, type, outcome, difficulty, kind, content: rest }));
    await tx.query(
      `INSERT INTO question (course_version_id, key, type, outcome, difficulty, kind, content)
       SELECT $1, item.key, item.type, item.outcome, item.difficulty, item.kind, item.content
         FROM jsonb_to_recordset($2::jsonb) AS item (place int, key text, type text, outcome text, difficulty smallint,
                                                     kind text, content jsonb)
        ORDER BY item.place`, [versionId, JSON.stringify(questions)]);
    const { media } = content;
    await tx.query(
      `INSERT INTO course_media (course_version_id, name, media_type, body)
       SELECT $1, name, media_type, body
         FROM unnest($2::text[], $3::text[], $4::bytea[]) AS media (name, media_type, body)`,
      [versionId, media.map((one) => one.name), media.map((one) => one.mediaType), media.map((one) => one.body)]);
  }
}
