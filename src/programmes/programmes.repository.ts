import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { ProgrammeVersion } from './programme-version.js';
import type { TargetVersion } from './target-version.js';

/** Reads of published programmes and targets. */
@Injectable()
export class ProgrammesRepository {
  /** Ids of the newest version of each programme that is asked for, in the order of the outline. */
  async latestIds(tx: Tx, which: { programmeId?: number; slug?: string; code?: string }): Promise<number[]> {
    const found = await rows<{ id: number }>(tx,
      `SELECT DISTINCT ON (programme.code) version.id
         FROM programme JOIN programme_version version ON version.programme_id = programme.id
        WHERE ($1::int IS NULL OR programme.id = $1) AND ($2::text IS NULL OR programme.slug = $2)
          AND ($3::text IS NULL OR programme.code = $3)
        ORDER BY programme.code, version.number DESC`,
      [which.programmeId ?? null, which.slug ?? null, which.code ?? null]);
    return found.map((row) => row.id);
  }

  async versions(tx: Tx, ids: readonly number[]): Promise<ProgrammeVersion[]> {
    return rows<ProgrammeVersion>(tx,
      `SELECT version.id, programme.id AS "programmeId", programme.code, programme.slug, version.number, version.title,
              version.summary, version.audience, version.periods, version.criteria, version.outcomes,
              version.competences, version.certificate, version.path_target AS path,
              (SELECT jsonb_agg(jsonb_build_object('code', part.course_code, 'courseId', part.course_id,
                                'requirement', part.requirement, 'title', part.title, 'periods', part.periods)
                                ORDER BY part.position)
                 FROM programme_course part WHERE part.programme_version_id = version.id) AS courses
         FROM programme_version version JOIN programme ON programme.id = version.programme_id
        WHERE version.id = ANY($1) ORDER BY programme.code, version.number`, [ids]);
  }

  /** The newest rule version of each target. */
  async targets(tx: Tx): Promise<TargetVersion[]> {
    type Row = { target: string; ruleVersion: number; definition: Omit<TargetVersion, 'target' | 'ruleVersion'> };
    const found = await rows<Row>(tx,
      `SELECT DISTINCT ON (target) target, rule_version AS "ruleVersion", definition
         FROM target_version ORDER BY target, rule_version DESC`);
    return found
      .map(({ target, ruleVersion, definition }) => ({ ...definition, target, ruleVersion }))
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.target < b.target ? 1 : -1));
  }
}
