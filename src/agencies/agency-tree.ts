import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { rows, type Tx } from '../platform/database/sql.js';
import type { AgencyType } from '../rules/agency-types.js';
import type { CivilDate } from '../rules/civil-date.js';
import { AgencyCycle, closureDifference, closureOf, type ClosureRow } from '../rules/closure.js';
import { searchable } from '../rules/names.js';
import type { Piece } from '../rules/timeline.js';
import { conflict } from '../platform/errors.js';

export interface AgencyFacts {
  code: string;
  nameVi: string;
  nameEn: string;
  type: AgencyType;
  parentId: number | null;
  legalBasis: string | null;
}

/** A version as it stands in the database. */
export interface StandingVersion extends Piece<AgencyFacts> {
  id: number;
  agencyId: number;
}

const TREE_LOCK = 1169_02;
const BATCH = 10_000;

/** Writes versions and keeps the closure true. Every change of the tree goes through here, one at a time. */
@Injectable()
export class AgencyTree {
  constructor(private readonly clock: Clock) {}

  /** Nobody else changes the tree until this transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [TREE_LOCK]);
  }

  /** All versions that are believed now, of all times. */
  async versions(tx: Tx): Promise<StandingVersion[]> {
    const found = await rows<AgencyFacts & { id: number; agencyId: number; from: CivilDate; to: CivilDate }>(tx,
      `SELECT id, agency_id AS "agencyId", code, name_vi AS "nameVi", name_en AS "nameEn", type, parent_id AS "parentId",
              legal_basis AS "legalBasis", valid_from AS "from", valid_to AS "to"
         FROM agency_version WHERE superseded_at = 'infinity' ORDER BY agency_id, valid_from`);
    return found.map(({ id, agencyId, from, to, ...facts }) => ({ id, agencyId, from, to, facts }));
  }

  /** New agencies, so far without any facts. @returns their ids */
  async newAgencies(tx: Tx, count: number): Promise<number[]> {
    const made = await rows<{ id: number }>(
      tx,
      'INSERT INTO agency (created_at) SELECT $1 FROM generate_series(1, $2::int) RETURNING id',
      [this.clock.now(), count],
    );
    return made.map((row) => row.id);
  }

  async supersede(tx: Tx, versionIds: number[]): Promise<void> {
    await tx.query('UPDATE agency_version SET superseded_at = $2 WHERE id = ANY($1)', [versionIds, this.clock.now()]);
  }

  async write(tx: Tx, versions: (Piece<AgencyFacts> & { agencyId: number })[]): Promise<void> {
    for (let start = 0; start < versions.length; start += BATCH) {
      const batch = versions.slice(start, start + BATCH);
      const column = <T>(pick: (version: (typeof batch)[number]) => T) => batch.map(pick);
      await tx.query(
        `INSERT INTO agency_version (agency_id, code, name_vi, name_en, search_name, type, parent_id, legal_basis,
                                     valid_from, valid_to, recorded_at)
         SELECT v.*, $11 FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
                                     $8::text[], $9::date[], $10::date[]) AS v`,
        [
          column((v) => v.agencyId),
          column((v) => v.facts.code),
          column((v) => v.facts.nameVi),
          column((v) => v.facts.nameEn),
          column((v) => searchName(v.facts)),
          column((v) => v.facts.type),
          column((v) => v.facts.parentId),
          column((v) => v.facts.legalBasis),
          column((v) => v.from),
          column((v) => v.to),
          this.clock.now(),
        ],
      );
    }
  }

  /**
   * Makes the closure follow the versions: what is no longer so is superseded, what is new is written.
   * @throws Refusal `agency-cycle` where an agency would stand under itself
   */
  async rebuildClosure(tx: Tx): Promise<{ dropped: number; added: number }> {
    const versions = (await this.versions(tx)).map(({ agencyId, from, to, facts }) =>
      ({ agencyId, from, to, parentId: facts.parentId }));
    const standing = await rows<ClosureRow & { id: number }>(tx,
      `SELECT id, ancestor_id AS "ancestorId", descendant_id AS "descendantId", depth, valid_from AS "from", valid_to AS "to"
         FROM agency_closure WHERE superseded_at = 'infinity'`);
    let wanted: ClosureRow[];
    try {
      wanted = closureOf(versions);
    } catch (error) {
      if (error instanceof AgencyCycle) throw conflict('agency-cycle');
      throw error;
    }
    const { drop, add } = closureDifference(standing, wanted);
    const now = this.clock.now();
    await tx.query('UPDATE agency_closure SET superseded_at = $2 WHERE id = ANY($1)', [drop.map((row) => row.id), now]);
    for (let start = 0; start < add.length; start += BATCH) {
      const batch = add.slice(start, start + BATCH);
      await tx.query(
        `INSERT INTO agency_closure (ancestor_id, descendant_id, depth, valid_from, valid_to, recorded_at)
         SELECT c.*, $6 FROM unnest($1::int[], $2::int[], $3::smallint[], $4::date[], $5::date[]) AS c`,
        [batch.map((row) => row.ancestorId), batch.map((row) => row.descendantId), batch.map((row) => row.depth),
          batch.map((row) => row.from), batch.map((row) => row.to), now]);
    }
    // The planner must know the new shape at once: everything that is scoped joins this table.
    if (add.length > 500) await tx.query('ANALYZE agency_closure');
    return { dropped: drop.length, added: add.length };
  }
}

/** What a search looks through: both names, without marks. */
export function searchName(facts: Pick<AgencyFacts, 'nameVi' | 'nameEn'>): string {
  const vi = searchable(facts.nameVi);
  const en = searchable(facts.nameEn);
  return vi === en ? vi : `${vi} ${en}`;
}
