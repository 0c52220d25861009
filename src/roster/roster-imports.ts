import { Injectable } from '@nestjs/common';
import { Agencies, type AgencyDescription } from '../agencies/index.js';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { RosterOutcome } from '../rules/roster-plan.js';
import { scopeRoots } from '../rules/scope.js';
import { PeopleRepository, type Person } from './people.repository.js';
import { PostBook, type Post } from './post-book.js';
import { RosterImportsRepository, type RosterImport, type RosterImportRow } from './roster-imports.repository.js';
import { agencyInScope } from './scope.js';

/** Somebody of the roster, named so that a coordinator can tell them from another of the same name. */
export interface Someone extends Person {
  post: {
    positionTitle: string;
    group: string;
    staffCode: string | null;
    from: CivilDate;
    agency: AgencyDescription;
  } | null;
}

export interface ShownImportRow extends RosterImportRow {
  /** Where the row's post is, by name; null where its code is not known. */
  where: AgencyDescription | null;
  /** The person, where the row is about somebody of the roster that the file does not name (those who leave). */
  someone: Someone | null;
  candidates: Someone[];
}

export interface RosterImportPage extends RosterImport {
  agency: AgencyDescription;
  rows: ShownImportRow[];
  next: string | null;
}

/** Whoever asks, and the parts of the tree in which they may import; null, null: the operator of the machine. */
export interface Importer { accountId: number | null; roots: readonly number[] | null }

export const importerOf = (me: Principal): Importer => ({
  accountId: me.accountId,
  roots: scopeRoots(me.grants, 'roster.import'),
});

/**
 * What an import would do, a page at a time: the same for the page and the API. Only its own importer sees it, and only
 * while the agency is theirs: it names people as they are now.
 */
@Injectable()
export class RosterImports {
  constructor(
    private readonly imports: RosterImportsRepository,
    private readonly agencies: Agencies,
    private readonly people: PeopleRepository,
    private readonly posts: PostBook,
    private readonly clock: Clock,
  ) {}

  async page(
    tx: Tx,
    id: number,
    importer: Importer,
    query: { outcome?: RosterOutcome; cursor?: string; limit: number },
  ): Promise<RosterImportPage> {
    const entry = await this.imports.find(tx, id);
    if (!entry || entry.createdBy !== importer.accountId) throw notFound();
    if (importer.roots) await agencyInScope(tx, entry.agencyId, importer.roots, this.clock.today());
    const after = readCursor<[number, number]>(query.cursor, 'nn') ?? null;
    const found = await this.imports.page(tx, id, { outcome: query.outcome, after, limit: query.limit + 1 });
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    const agency = await this.agencies.find(tx, entry.agencyId, this.clock.today());
    if (!agency) throw notFound();
    const someones = await this.someones(tx, shown);
    const places = await this.agencies.describe(
      tx,
      shown.flatMap((row) => row.reading.agencyId ?? []),
      this.clock.today(),
    );
    return {
      ...entry, agency,
      rows: shown.map((row) => ({
        ...row,
        where: row.reading.agencyId === null ? null : (places.get(row.reading.agencyId) ?? null),
        someone: row.outcome === 'leaving' && row.personId !== null ? (someones.get(row.personId) ?? null) : null,
        candidates: row.reading.candidates.flatMap((candidate) => someones.get(candidate) ?? []),
      })),
      next: found.length > query.limit && last ? writeCursor([last.place, last.line]) : null,
    };
  }

  latest(tx: Tx, accountId: number): Promise<RosterImport[]> {
    return this.imports.latest(tx, accountId);
  }

  /** People by id with the post that says best who they are: the one that goes on longest. */
  async describe(tx: Tx, ids: readonly number[]): Promise<Map<number, Someone>> {
    if (ids.length === 0) return new Map();
    const people = await this.people.byIds(tx, ids);
    const best = new Map<number, Post>();
    for (const post of await this.posts.ofPeople(tx, ids)) {
      const other = best.get(post.personId);
      if (!other || (post.pieces.at(-1)?.to ?? '') > (other.pieces.at(-1)?.to ?? '')) best.set(post.personId, post);
    }
    const agencies = await this.agencies.describe(
      tx,
      [...best.values()].map((post) => post.agencyId),
      this.clock.today(),
    );
    return new Map(
      people.map((person): [number, Someone] => {
        const post = best.get(person.id);
        const piece = post?.pieces.at(-1);
        const agency = post && agencies.get(post.agencyId);
        return [
          person.id,
          {
            ...person,
            post:
              piece && agency
                ? {
                    positionTitle: piece.facts.positionTitle,
                    group: piece.facts.targetGroup,
                    staffCode: piece.facts.staffCode,
                    from: post?.pieces[0]?.from ?? piece.from,
                    agency,
                  }
                : null,
          },
        ];
      }),
    );
  }

  private someones(tx: Tx, shown: readonly RosterImportRow[]): Promise<Map<number, Someone>> {
    const ids = shown.flatMap((row) => [
      ...row.reading.candidates,
      ...(row.outcome === 'leaving' && row.personId !== null ? [row.personId] : []),
    ]);
    return this.describe(tx, [...new Set(ids)]);
  }
}
