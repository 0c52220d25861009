import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { KnownPerson, RosterKnowledge } from '../rules/roster-plan.js';
import type { RosterReading } from '../rules/roster-reading.js';
import { PeopleRepository } from './people.repository.js';
import { PostBook, type Post } from './post-book.js';

export interface RosterScope {
  /** The agency whose roster this is; what stands under it may be touched. */
  agencyId: number;
  /** The parts of the tree that the importer holds; null for the operator of the machine. */
  roots: readonly number[] | null;
}

/** Gathers what the matching rule must know, in a handful of statements however long the file is. */
@Injectable()
export class RosterKnowledgeReader {
  constructor(private readonly people: PeopleRepository, private readonly posts: PostBook) {}

  async read(
    tx: Tx,
    readings: readonly RosterReading[],
    scope: RosterScope,
    mode: 'update' | 'complete',
    today: CivilDate,
  ): Promise<RosterKnowledge> {
    const codes = [...new Set(readings.map((reading) => reading.agencyCode))];
    const agencies = await rows<{ id: number; code: string; from: CivilDate; to: CivilDate }>(tx,
      `SELECT agency_id AS id, code, valid_from AS "from", valid_to AS "to" FROM agency_version
        WHERE code = ANY($1) AND superseded_at = 'infinity'`, [codes]);
    const inScope = await under(tx, [scope.agencyId], today);
    const here = await this.posts.under(tx, scope.agencyId, today);
    const hashes = [
      ...new Set(readings.flatMap((reading) => (reading.nationalIdHash ? [reading.nationalIdHash] : []))),
    ];
    const byNumber = await this.people.byNationalIds(tx, hashes);
    const atHand = new Set(here.map((post) => post.personId));
    const elsewhere = byNumber.map((person) => person.id).filter((id) => !atHand.has(id));
    const ids = [...atHand, ...elsewhere];
    const known = new Set(here.map((post) => post.postId));
    const others = (await this.posts.ofPeople(tx, elsewhere)).filter((post) => !known.has(post.postId));
    const locked = await this.locked(tx, ids, scope.roots, today);
    const people = new Map((await this.people.byIds(tx, ids)).map((person): [number, KnownPerson] =>
      [person.id, { ...person, locked: locked.has(person.id) }]));
    return { today, mode, agencies, inScope, people, posts: [...here, ...others].map(asKnown) };
  }

  /** Who holds or will hold a post outside the importer's part of the tree. */
  private async locked(
    tx: Tx,
    personIds: readonly number[],
    roots: readonly number[] | null,
    today: CivilDate,
  ): Promise<Set<number>> {
    if (roots === null) return new Set();
    const found = await rows<{ id: number }>(tx,
      `SELECT DISTINCT po.person_id AS id FROM post po
        WHERE po.person_id = ANY($1) AND po.superseded_at = 'infinity' AND po.valid_to > $3::date
          AND NOT EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id = ANY($2) AND c.descendant_id = po.agency_id
                             AND c.superseded_at = 'infinity' AND c.valid_from <= $3::date AND $3::date < c.valid_to)`,
      [personIds, roots, today]);
    return new Set(found.map((row) => row.id));
  }
}

async function under(tx: Tx, roots: readonly number[], on: CivilDate): Promise<Set<number>> {
  const found = await rows<{ id: number }>(tx,
    `SELECT descendant_id AS id FROM agency_closure WHERE ancestor_id = ANY($1) AND superseded_at = 'infinity'
        AND valid_from <= $2 AND $2 < valid_to`, [roots, on]);
  return new Set(found.map((row) => row.id));
}

const asKnown = ({ postId, personId, agencyId, pieces }: Post) => ({
  postId, personId, agencyId, pieces: pieces.map(({ from, to, facts }) => ({ from, to, facts })),
});
