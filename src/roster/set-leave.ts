import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { addDays, FOREVER, type CivilDate } from '../rules/civil-date.js';
import { least, revise } from '../rules/timeline.js';
import { AmendPost } from './amend-post.js';

export interface Leave {
  from: CivilDate;
  /** The last day of it; null while nobody knows. */
  lastDay: CivilDate | null;
  /** false: back at work, or the leave was recorded by mistake. */
  onLeave: boolean;
}

/** Long leave: the post is held but not counted in the denominator. */
@Injectable()
export class SetLeave {
  constructor(private readonly database: Database, private readonly amend: AmendPost) {}

  async run(postId: number, { from, lastDay, onLeave }: Leave, roots: readonly number[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const post = await this.amend.find(tx, postId, roots);
      const end = post.pieces.at(-1)?.to ?? FOREVER;
      if (lastDay && lastDay < from) throw badField('lastDay', 'period-backwards');
      if (from >= end) throw badField('from', 'post-ended-before');
      const to = least(lastDay ? addDays(lastDay, 1) : FOREVER, end);
      const wanted = revise(post.pieces, from, to, (before) => before && { ...before, onLeave });
      await this.amend.rewrite(tx, post, wanted, onLeave ? 'post.leave-set' : 'post.leave-ended');
    });
  }
}
