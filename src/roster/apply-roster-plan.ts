import { Injectable } from '@nestjs/common';
import { isUniqueViolation, type Tx } from '../platform/database/sql.js';
import { conflict } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import type { PersonData, RosterPlan } from '../rules/roster-plan.js';
import { difference } from '../rules/timeline.js';
import { PeopleRepository } from './people.repository.js';
import { PostBook, type PieceToWrite, type PostFacts, type StandingPiece } from './post-book.js';
import './roster.facts.js';

export interface Applied {
  /** Of the people that were new, by their number in the plan. */
  personIds: Map<number, number>;
  /** Of all posts of the plan, in its order. */
  postIds: number[];
}

/** Writes what a plan says, in a handful of statements however many rows it has, and tells of it. */
@Injectable()
export class ApplyRosterPlan {
  constructor(
    private readonly people: PeopleRepository,
    private readonly posts: PostBook,
    private readonly facts: Facts,
  ) {}

  /** @throws Refusal 409 `import-stale` where somebody wrote the same person or post at the same moment */
  async run(tx: Tx, plan: RosterPlan, importId: number | null): Promise<Applied> {
    try {
      return await this.write(tx, plan, importId);
    } catch (error) {
      if (isUniqueViolation(error)) throw conflict('import-stale');
      throw error;
    }
  }

  private async write(tx: Tx, plan: RosterPlan, importId: number | null): Promise<Applied> {
    const fresh = [...plan.newPeople];
    const ids = await this.people.add(tx, fresh.map(([, person]) => bare(person)));
    const personIds = new Map(fresh.map(([number], index) => [number, ids[index] as number]));
    await this.people.update(tx, [...plan.changedPeople].map(([id, person]) => ({ id, ...bare(person) })));

    const idOf = (number: number) => personIds.get(number) ?? number;
    const freshIds = await this.posts.newPostIds(tx, plan.posts.filter((post) => post.postId === null).length);
    let next = 0;
    const postIds = plan.posts.map((post) => post.postId ?? (freshIds[next++] as number));
    const standing = new Map(
      (
        await this.posts.byIds(
          tx,
          plan.posts.flatMap((post) => post.postId ?? []),
        )
      ).map((post) => [post.postId, post.pieces]),
    );
    const drop: number[] = [];
    const add: PieceToWrite[] = [];
    plan.posts.forEach((post, index) => {
      const postId = postIds[index] as number;
      const change = difference<PostFacts, StandingPiece>(standing.get(postId) ?? [], post.wanted);
      drop.push(...change.drop.map((piece) => piece.versionId));
      for (const piece of change.add)
        add.push({ ...piece, postId, personId: idOf(post.personId), agencyId: post.agencyId });
    });
    await this.posts.supersede(tx, drop);
    await this.posts.write(tx, add, { importId });
    const agencyIds = [...new Set(plan.posts.map((post) => post.agencyId))];
    const changed = [...new Set([...plan.posts.map((post) => idOf(post.personId)), ...plan.changedPeople.keys()])];
    if (changed.length > 0) await this.facts.publish(tx, 'roster-changed', { agencyIds, personIds: changed });
    return { personIds, postIds };
  }
}

const bare = ({ fullName, birthDate, email, phone, nationalIdHash, nationalIdTail }: PersonData) =>
  ({ fullName, birthDate, email, phone, nationalIdHash, nationalIdTail });
