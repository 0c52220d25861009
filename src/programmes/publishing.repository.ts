import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import type { ReadyCourse } from './check-programmes.js';
import type { ProgrammeShape } from './programme-files.js';

const ADVISORY_KEY = 1169_59;

/** Writes of programmes and targets: rows are added, never changed. */
@Injectable()
export class PublishingRepository {
  /** Several processes may start at once: one publishes, the others wait and then find nothing new. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_KEY]);
  }

  /** The courses that can be studied, by code, as their newest version has them. */
  async readyCourses(tx: Tx): Promise<Map<string, ReadyCourse & { id: number }>> {
    const found = await rows<ReadyCourse & { code: string; id: number }>(tx,
      `SELECT DISTINCT ON (course.id) course.code, course.id, version.periods,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('criterion', proof.criterion, 'periods', proof.periods)), '[]')
                 FROM course_proof proof WHERE proof.course_version_id = version.id) AS proves
         FROM course JOIN course_version version ON version.course_id = course.id
        ORDER BY course.id, version.number DESC`);
    return new Map(found.map(({ code, ...course }) => [code, course]));
  }

  async findProgramme(tx: Tx, code: string) {
    return first<{ id: number; slug: string; number: number | null; sha256: string | null }>(tx,
      `SELECT programme.id, programme.slug, version.number, version.content_sha256 AS sha256
         FROM programme LEFT JOIN programme_version version ON version.programme_id = programme.id
        WHERE programme.code = $1 ORDER BY version.number DESC NULLS LAST LIMIT 1`, [code]);
  }

  async addProgramme(tx: Tx, code: string, slug: string): Promise<number> {
    const row = await one<{ id: number }>(tx,
      'INSERT INTO programme (code, slug) VALUES ($1, $2) RETURNING id', [code, slug]);
    return row.id;
  }

  async addVersion(tx: Tx, version: {
    programmeId: number; number: number; sha256: string; at: Date; programme: ProgrammeShape;
    courses: ReadonlyMap<string, number>;
  }): Promise<number> {
    const { programme, courses } = version;
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO programme_version (programme_id, number, content_sha256, title, summary, audience, periods, criteria,
                                      outcomes, competences, certificate, published_at, path_target)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
      [version.programmeId, version.number, version.sha256, programme.title, programme.summary, programme.audience,
        programme.periods, JSON.stringify(programme.criteria), JSON.stringify(programme.outcomes),
        programme.competences ?? null, programme.certificate, version.at, programme.path ?? null]);
    const parts = programme.courses.map((part, index) => ({
      position: index + 1, course_code: part.course, course_id: courses.get(part.course) ?? null,
      ...('state' in part ? { requirement: 'preparation', title: part.title, periods: part.periods }
        : { requirement: part.required ? 'required' : 'elective', title: null, periods: null }),
    }));
    await tx.query(
      `INSERT INTO programme_course (programme_version_id, position, course_code, course_id, requirement, title,
                                     periods)
       SELECT $1, part.* FROM jsonb_to_recordset($2::jsonb)
         AS part (position smallint, course_code text, course_id int, requirement text, title jsonb, periods smallint)`,
      [id, JSON.stringify(parts)]);
    return id;
  }

  async findTarget(tx: Tx, target: string, ruleVersion: number): Promise<{ sha256: string } | null> {
    return first(tx, 'SELECT content_sha256 AS sha256 FROM target_version WHERE target = $1 AND rule_version = $2',
      [target, ruleVersion]);
  }

  async addTarget(
    tx: Tx, row: { target: string; ruleVersion: number; definition: object; sha256: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO target_version (target, rule_version, definition, content_sha256, published_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [row.target, row.ruleVersion, row.definition, row.sha256, row.at]);
  }
}
