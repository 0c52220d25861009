import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import type { LocalText } from '../platform/texts.js';
import type { CivilDate } from '../rules/civil-date.js';

export interface Cohort {
  id: number;
  title: string;
  opens: CivilDate;
  /** The whole of this day is still in time. */
  due: CivilDate;
  agencyId: number;
  agency: { code: string; name: LocalText };
  programme: { versionId: number; code: string; slug: string; title: LocalText };
  /** People assigned and not withdrawn. */
  people: number;
  createdAt: Date;
}

/** `open`: still to be finished, the nearest due date first. `past`: over, the latest first. */
export type CohortTime = 'open' | 'past';
export type CohortCursor = [due: CivilDate, id: number];

/** All who were assigned in one go. */
export interface Assignment {
  at: Date;
  by: number | null;
  people: number;
}

/** Only what stands under one of the roots ($1) on a day ($2). */
const COHORT = `
  SELECT cohort.id, cohort.title, cohort.opens, cohort.due, cohort.agency_id AS "agencyId",
    jsonb_build_object('code', agency.code, 'name', jsonb_build_object('vi', agency.name_vi, 'en', agency.name_en)) AS agency,
    jsonb_build_object('versionId', version.id, 'code', programme.code, 'slug', programme.slug,
      'title', version.title) AS programme,
    (SELECT count(*)::int FROM enrolment WHERE enrolment.cohort_id = cohort.id AND enrolment.withdrawn_at IS NULL) AS people,
    cohort.created_at AS "createdAt"
  FROM cohort
  JOIN programme_version version ON version.id = cohort.programme_version_id
  JOIN programme ON programme.id = version.programme_id
  JOIN agency_version agency ON agency.agency_id = cohort.agency_id AND agency.superseded_at = 'infinity'
    AND agency.valid_from <= $2 AND $2 < agency.valid_to
  WHERE EXISTS (SELECT 1 FROM agency_closure c WHERE c.superseded_at = 'infinity' AND c.ancestor_id = ANY($1::int[])
    AND c.descendant_id = cohort.agency_id AND c.valid_from <= $2 AND $2 < c.valid_to)`;

@Injectable()
export class CohortsRepository {
  find(tx: Tx, id: number, roots: readonly number[], on: CivilDate): Promise<Cohort | null> {
    return first(tx, `${COHORT} AND cohort.id = $3`, [roots, on, id]);
  }

  list(tx: Tx, query: {
    roots: readonly number[]; on: CivilDate; time?: CohortTime; after?: CohortCursor; limit: number;
  }): Promise<Cohort[]> {
    const past = query.time === 'past';
    return rows(tx,
      `${COHORT}
         AND ($3::text IS NULL OR (cohort.due >= $2) = ($3 = 'open'))
         AND ($4::date IS NULL OR (cohort.due, cohort.id) ${past ? '<' : '>'} ($4::date, $5::bigint))
       ORDER BY cohort.due ${past ? 'DESC' : ''}, cohort.id ${past ? 'DESC' : ''} LIMIT $6`,
      [query.roots, query.on, query.time ?? null, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit]);
  }

  count(tx: Tx, roots: readonly number[], on: CivilDate): Promise<Record<CohortTime, number>> {
    return one(tx,
      `SELECT count(*) FILTER (WHERE cohort.due >= $2)::int AS open, count(*) FILTER (WHERE cohort.due < $2)::int AS past
         FROM cohort
        WHERE EXISTS (SELECT 1 FROM agency_closure c WHERE c.superseded_at = 'infinity' AND c.ancestor_id = ANY($1::int[])
          AND c.descendant_id = cohort.agency_id AND c.valid_from <= $2 AND $2 < c.valid_to)`, [roots, on]);
  }

  /** @returns null when the key was used before */
  async insert(tx: Tx, cohort: {
    programmeVersionId: number; agencyId: number; title: string; opens: CivilDate; due: CivilDate;
    requestKey: string | null; createdBy: number | null; createdAt: Date;
  }): Promise<number | null> {
    const added = await first<{ id: number }>(tx,
      `INSERT INTO cohort (programme_version_id, agency_id, title, opens, due, request_key, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (request_key) DO NOTHING RETURNING id`,
      [cohort.programmeVersionId, cohort.agencyId, cohort.title, cohort.opens, cohort.due, cohort.requestKey,
        cohort.createdBy, cohort.createdAt]);
    return added?.id ?? null;
  }

  /** What was made with a key, and how many were assigned along with it. */
  byRequestKey(tx: Tx, requestKey: string): Promise<{
    id: number; agencyId: number; programmeVersionId: number; title: string; opens: CivilDate; due: CivilDate; assigned: number;
  }> {
    return one(tx,
      `SELECT id, agency_id AS "agencyId", programme_version_id AS "programmeVersionId", title, opens, due,
         (SELECT count(*)::int FROM enrolment WHERE cohort_id = cohort.id AND assigned_at = cohort.created_at) AS assigned
         FROM cohort WHERE request_key = $1`, [requestKey]);
  }

  async update(tx: Tx, id: number, facts: { title: string; opens: CivilDate; due: CivilDate }): Promise<void> {
    await tx.query('UPDATE cohort SET title = $2, opens = $3, due = $4 WHERE id = $1', [id, facts.title, facts.opens, facts.due]);
  }

  /** Takes the class's row for the rest of the transaction: changes to who is in it happen one after another. */
  async lock(tx: Tx, id: number): Promise<void> {
    await tx.query('SELECT 1 FROM cohort WHERE id = $1 FOR UPDATE', [id]);
  }

  /** The latest go at assigning people of which somebody is still in the class. */
  lastAssignment(tx: Tx, cohortId: number): Promise<Assignment | null> {
    return first(tx,
      `SELECT assigned_at AS at, max(assigned_by) AS by, count(*)::int AS people FROM enrolment
        WHERE cohort_id = $1 AND withdrawn_at IS NULL GROUP BY assigned_at ORDER BY assigned_at DESC LIMIT 1`, [cohortId]);
  }

  /** Which people were assigned in one go and are still in the class. */
  async assignedAt(tx: Tx, cohortId: number, at: Date): Promise<number[]> {
    const found = await rows<{ id: number }>(tx,
      `SELECT person_id AS id FROM enrolment WHERE cohort_id = $1 AND assigned_at = $2 AND withdrawn_at IS NULL`, [cohortId, at]);
    return found.map((row) => row.id);
  }

  /** Those of some people who are in the class, in the order of lists, with the due date that holds for each. */
  members(tx: Tx, cohortId: number, personIds: readonly number[]): Promise<{ personId: number; name: string; due: CivilDate }[]> {
    return rows(tx,
      `SELECT person.id AS "personId", person.full_name AS name,
         greatest(cohort.due, (SELECT max(due) FROM due_extension WHERE enrolment_id = enrolment.id)) AS due
       FROM enrolment JOIN person ON person.id = enrolment.person_id JOIN cohort ON cohort.id = enrolment.cohort_id
       WHERE enrolment.cohort_id = $1 AND enrolment.person_id = ANY($2::bigint[]) AND enrolment.withdrawn_at IS NULL
       ORDER BY person.sort_name COLLATE "C", person.id`, [cohortId, personIds]);
  }

  /** @returns who was withdrawn now */
  async withdraw(tx: Tx, cohortId: number, personIds: readonly number[], by: number | null, now: Date): Promise<number[]> {
    const gone = await rows<{ id: number }>(tx,
      `UPDATE enrolment SET withdrawn_by = $3, withdrawn_at = $4
        WHERE cohort_id = $1 AND person_id = ANY($2::bigint[]) AND withdrawn_at IS NULL RETURNING person_id AS id`,
      [cohortId, personIds, by, now]);
    return gone.map((row) => row.id);
  }

  /**
   * Adds a later due date for those of the people who are in the class, hold a post under the roots that day and do not
   * have as much time already.
   * @returns who was given more time
   */
  async extend(tx: Tx, cohortId: number, personIds: readonly number[], extension: {
    due: CivilDate; reason: string; by: number | null; now: Date; roots: readonly number[]; on: CivilDate;
  }): Promise<number[]> {
    const given = await rows<{ id: number }>(tx,
      `WITH given AS (
         INSERT INTO due_extension (enrolment_id, due, reason, granted_by, granted_at)
         SELECT enrolment.id, $3, $4, $5, $6 FROM enrolment JOIN cohort ON cohort.id = enrolment.cohort_id
          WHERE enrolment.cohort_id = $1 AND enrolment.person_id = ANY($2::bigint[]) AND enrolment.withdrawn_at IS NULL
            AND $3::date > greatest(cohort.due, (SELECT max(due) FROM due_extension WHERE enrolment_id = enrolment.id))
            AND EXISTS (SELECT 1 FROM post
              JOIN agency_closure c ON c.descendant_id = post.agency_id AND c.superseded_at = 'infinity'
              WHERE post.person_id = enrolment.person_id AND post.superseded_at = 'infinity' AND c.ancestor_id = ANY($7::int[])
                AND post.valid_from <= $8 AND $8 < post.valid_to AND c.valid_from <= $8 AND $8 < c.valid_to)
         RETURNING enrolment_id)
       SELECT person_id AS id FROM given JOIN enrolment ON enrolment.id = given.enrolment_id`,
      [cohortId, personIds, extension.due, extension.reason, extension.by, extension.now, extension.roots, extension.on]);
    return given.map((row) => row.id);
  }
}
