import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { revise } from '../rules/timeline.js';
import { AmendPost, staffCodeOnce } from './amend-post.js';
import { PostBook } from './post-book.js';

export interface Transfer {
  agencyCode: string;
  positionTitle: string;
  group: TargetGroup;
  staffCode: string | null;
  /** First day at the new agency. */
  from: CivilDate;
}

/**
 * The person moves to another agency of one's own part of the tree: the old post ends, a new one begins the same day.
 */
@Injectable()
export class TransferPost {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: Agencies,
    private readonly amend: AmendPost,
    private readonly posts: PostBook,
  ) {}

  /** @returns the new post */
  async run(postId: number, transfer: Transfer, roots: readonly number[]): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      const post = await this.amend.find(tx, postId, roots);
      const target = await this.agencies.findByCode(tx, transfer.agencyCode, transfer.from);
      if (!target || !(await this.agencies.inScope(tx, target.id, roots, this.clock.today()))) {
        throw badField('agency', 'agency-unknown', { code: transfer.agencyCode });
      }
      if (target.id === post.agencyId) throw badField('agency', 'transfer-same-agency');
      const end = post.pieces.at(-1)?.to ?? FOREVER;
      if (transfer.from <= (post.pieces[0]?.from ?? transfer.from)) throw badField('from', 'post-began-later');
      if (end <= transfer.from) {
        // A form sent twice finds the old post ended on that day and the new one there.
        const there = (await this.posts.ofPeople(tx, [post.personId]))
          .find((other) => other.agencyId === target.id && other.pieces[0]?.from === transfer.from);
        if (there && end === transfer.from) return there.postId;
        throw badField('from', 'post-ended-before');
      }
      await this.amend.rewrite(tx, post, revise(post.pieces, transfer.from, end, () => null), 'post.transferred');
      const [newId] = await this.posts.newPostIds(tx, 1);
      const fresh = { postId: newId as number, personId: post.personId, agencyId: target.id };
      await staffCodeOnce(() =>
        this.posts.write(tx, [
          {
            ...fresh,
            from: transfer.from,
            to: end,
            facts: {
              staffCode: transfer.staffCode,
              positionTitle: transfer.positionTitle,
              targetGroup: transfer.group,
              onLeave: false,
            },
          },
        ]),
      );
      await this.amend.tell(tx, fresh, 'post.began');
      return fresh.postId;
    });
  }
}
