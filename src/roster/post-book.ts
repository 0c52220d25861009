import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { requestContext } from '../platform/request-context.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { difference, type Piece } from '../rules/timeline.js';

/** What may change within one post. Another agency is another post. */
export interface PostFacts {
  staffCode: string | null;
  positionTitle: string;
  targetGroup: TargetGroup;
  /** Long leave: the post is held but not counted. */
  onLeave: boolean;
}

export interface StandingPiece extends Piece<PostFacts> {
  versionId: number;
}

/** One post as it is believed now, over all its time. */
export interface Post {
  postId: number;
  personId: number;
  agencyId: number;
  /** In order, never empty. */
  pieces: StandingPiece[];
}

export interface PieceToWrite extends Piece<PostFacts> {
  postId: number;
  personId: number;
  agencyId: number;
}

interface Row extends PostFacts {
  versionId: number;
  postId: number;
  personId: number;
  agencyId: number;
  from: CivilDate;
  to: CivilDate;
}

const BATCH = 5_000;
const COLUMNS = `po.version_id AS "versionId", po.post_id AS "postId", po.person_id AS "personId", po.agency_id AS "agencyId",
  po.staff_code AS "staffCode", po.position_title AS "positionTitle", po.target_group AS "targetGroup",
  po.on_leave AS "onLeave", po.valid_from AS "from", po.valid_to AS "to"`;

/** Reads and writes posts. A change supersedes rows and writes others; nothing is ever overwritten. */
@Injectable()
export class PostBook {
  constructor(private readonly clock: Clock) {}

  /** Posts by id, each with its versions. */
  async byIds(tx: Tx, postIds: readonly number[], lock = false): Promise<Post[]> {
    return gather(
      await rows<Row>(
        tx,
        `SELECT ${COLUMNS} FROM post po WHERE po.post_id = ANY($1) AND po.superseded_at = 'infinity'
      ORDER BY po.post_id, po.valid_from ${lock ? 'FOR UPDATE' : ''}`,
        [postIds],
      ),
    );
  }

  /** Every post of some people. */
  async ofPeople(tx: Tx, personIds: readonly number[]): Promise<Post[]> {
    return gather(await rows<Row>(tx, `SELECT ${COLUMNS} FROM post po WHERE po.person_id = ANY($1)
      AND po.superseded_at = 'infinity' ORDER BY po.post_id, po.valid_from`, [personIds]));
  }

  /** Every post at an agency or below it, as the tree stands on a day. */
  async under(tx: Tx, agencyId: number, on: CivilDate): Promise<Post[]> {
    return gather(
      await rows<Row>(
        tx,
        `SELECT ${COLUMNS} FROM agency_closure c JOIN post po ON po.agency_id = c.descendant_id AND po.superseded_at = 'infinity'
        WHERE c.ancestor_id = $1 AND c.superseded_at = 'infinity' AND c.valid_from <= $2 AND $2 < c.valid_to
        ORDER BY po.post_id, po.valid_from`, [agencyId, on]));
  }

  async newPostIds(tx: Tx, count: number): Promise<number[]> {
    if (count === 0) return [];
    const made = await rows<{ id: number }>(
      tx,
      `SELECT nextval('post_id_seq') AS id FROM generate_series(1, $1::int)`,
      [count],
    );
    return made.map((row) => row.id);
  }

  /** Makes a post's rows say what the pieces say. @returns whether anything changed */
  async rewrite(tx: Tx, post: Post, wanted: Piece<PostFacts>[], importId: number | null = null): Promise<boolean> {
    const standing = post.pieces.map(({ versionId, ...piece }) => ({ versionId, ...piece }));
    const { drop, add } = difference<PostFacts, StandingPiece>(standing, wanted);
    await this.supersede(
      tx,
      drop.map((piece) => piece.versionId),
    );
    await this.write(
      tx,
      add.map((piece) => ({ ...piece, postId: post.postId, personId: post.personId, agencyId: post.agencyId })),
      { importId },
    );
    return drop.length + add.length > 0;
  }

  async supersede(tx: Tx, versionIds: readonly number[]): Promise<void> {
    if (versionIds.length === 0) return;
    await tx.query(`UPDATE post SET superseded_at = $2 WHERE version_id = ANY($1) AND superseded_at = 'infinity'`,
      [versionIds, this.clock.now()]);
  }

  /** @param origin recordedAt only for data that tells of an earlier knowledge (trial data) */
  async write(
    tx: Tx,
    pieces: readonly PieceToWrite[],
    origin: { importId?: number | null; recordedAt?: Date } = {},
  ): Promise<void> {
    const recordedAt = origin.recordedAt ?? this.clock.now();
    for (let start = 0; start < pieces.length; start += BATCH) {
      const batch = pieces.slice(start, start + BATCH);
      const column = <T>(pick: (piece: PieceToWrite) => T) => batch.map(pick);
      await tx.query(
        `INSERT INTO post (post_id, person_id, agency_id, staff_code, position_title, target_group, on_leave, valid_from,
                           valid_to, recorded_at, recorded_by, import_id)
         SELECT p.*, $10, $11, $12 FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[],
                                               $7::boolean[], $8::date[], $9::date[]) AS p`,
        [
          column((p) => p.postId),
          column((p) => p.personId),
          column((p) => p.agencyId),
          column((p) => p.facts.staffCode),
          column((p) => p.facts.positionTitle),
          column((p) => p.facts.targetGroup),
          column((p) => p.facts.onLeave),
          column((p) => p.from),
          column((p) => p.to),
          recordedAt,
          requestContext()?.accountId ?? null,
          origin.importId ?? null,
        ],
      );
    }
  }
}

function gather(list: Row[]): Post[] {
  const posts = new Map<number, Post>();
  for (const { versionId, postId, personId, agencyId, from, to, ...facts } of list) {
    const post = posts.get(postId) ?? { postId, personId, agencyId, pieces: [] };
    post.pieces.push({ versionId, from, to, facts });
    posts.set(postId, post);
  }
  return [...posts.values()];
}
