import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';

export interface AuditEntry {
  id: number;
  at: Date;
  action: string;
  actorId: number | null;
  actorUsername: string | null;
  actorName: string | null;
  subjectKind: string;
  subjectId: string;
  /** What the subject is called today; null where it has no name to show. */
  subjectName: string | null;
  agencyId: number | null;
  details: Record<string, unknown>;
  requestId: string | null;
}

export interface AuditEntriesQuery {
  /** Agencies from which down the reader may see; null: the whole country. */
  roots: readonly number[] | null;
  today: CivilDate;
  action?: string;
  /** A username, whole. */
  actor?: string;
  agencyId?: number;
  /** Half-open. */
  from?: Date;
  until?: Date;
  /** The last entry of the page before. */
  after?: { at: string; id: number };
  limit: number;
}

const UNDER = (agency: string) => `EXISTS (SELECT 1 FROM agency_closure tree WHERE tree.superseded_at = 'infinity'
  AND tree.ancestor_id = ANY ($1) AND tree.descendant_id = ${agency} AND tree.valid_from <= $2::date AND $2::date < tree.valid_to)`;

/** Entries whose subject is a person, directly or through an account or a post, are shown with that person's name. */
const SUBJECT_NAME = `CASE
  WHEN entry.subject_id !~ '^[0-9]{1,18}$' THEN NULL
  WHEN entry.subject_kind = 'person' THEN (SELECT full_name FROM person WHERE id = entry.subject_id::bigint)
  WHEN entry.subject_kind = 'account' THEN (SELECT full_name FROM person JOIN account ON account.person_id = person.id
                                             WHERE account.id = entry.subject_id::bigint)
  WHEN entry.subject_kind = 'post' THEN (SELECT full_name FROM person JOIN post ON post.person_id = person.id
                                          WHERE post.post_id = entry.subject_id::bigint LIMIT 1)
  WHEN entry.subject_kind = 'cohort' THEN (SELECT title FROM cohort WHERE id = entry.subject_id::bigint)
  WHEN entry.subject_kind = 'certificate' THEN (SELECT number FROM certificate WHERE id = entry.subject_id::bigint)
END`;

@Injectable()
export class AuditEntriesRepository {
  /** Newest first. */
  page(tx: Tx, query: AuditEntriesQuery): Promise<AuditEntry[]> {
    return rows<AuditEntry>(tx,
      `SELECT entry.id, entry.at, entry.action, entry.actor_account_id AS "actorId", actor.username AS "actorUsername",
              actor_person.full_name AS "actorName", entry.subject_kind AS "subjectKind", entry.subject_id AS "subjectId",
              ${SUBJECT_NAME} AS "subjectName", entry.agency_id AS "agencyId", entry.details,
              entry.request_id AS "requestId"
         FROM audit_entry entry
         LEFT JOIN account actor ON actor.id = entry.actor_account_id
         LEFT JOIN person actor_person ON actor_person.id = actor.person_id
        WHERE ($1::int[] IS NULL OR ${UNDER('entry.agency_id')}
               OR (entry.agency_id IS NULL AND EXISTS (
                     SELECT 1 FROM post WHERE post.person_id = actor.person_id AND post.superseded_at = 'infinity'
                        AND post.valid_from <= $2::date AND $2::date < post.valid_to AND ${UNDER('post.agency_id')})))
          AND ($3::text IS NULL OR entry.action = $3)
          AND ($4::text IS NULL OR actor.username = lower($4))
          AND ($5::int IS NULL OR entry.agency_id = $5)
          AND ($6::timestamptz IS NULL OR entry.at >= $6)
          AND ($7::timestamptz IS NULL OR entry.at < $7)
          AND ($8::timestamptz IS NULL OR (entry.at, entry.id) < ($8, $9::bigint))
        ORDER BY entry.at DESC, entry.id DESC LIMIT $10`,
      [query.roots, query.today, query.action ?? null, query.actor ?? null, query.agencyId ?? null, query.from ?? null,
        query.until ?? null, query.after?.at ?? null, query.after?.id ?? null, query.limit]);
  }

  /** Whether one of the agencies is the country itself. */
  async isWholeCountry(tx: Tx, roots: readonly number[], today: CivilDate): Promise<boolean> {
    const found = await rows(tx,
      `SELECT 1 FROM agency_version WHERE agency_id = ANY ($1) AND type = 'nation' AND superseded_at = 'infinity'
          AND valid_from <= $2::date AND $2::date < valid_to LIMIT 1`, [roots, today]);
    return found.length > 0;
  }
}
