import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { addDays, FOREVER, type CivilDate } from '../rules/civil-date.js';
import { revise } from '../rules/timeline.js';
import { AmendPost } from './amend-post.js';

/** The person has left the post (retired, moved away, post abolished). The past stays countable. */
@Injectable()
export class EndPost {
  constructor(private readonly database: Database, private readonly amend: AmendPost) {}

  /** @param lastDay the last day on which the post was held */
  async run(postId: number, lastDay: CivilDate, roots: readonly number[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const post = await this.amend.find(tx, postId, roots);
      const begin = post.pieces[0]?.from ?? lastDay;
      const end = post.pieces.at(-1)?.to ?? FOREVER;
      if (lastDay < begin) throw badField('lastDay', 'post-began-later');
      if (addDays(lastDay, 1) > end) throw badField('lastDay', 'post-ended-before');
      await this.amend.rewrite(tx, post, revise(post.pieces, addDays(lastDay, 1), end, () => null), 'post.ended');
    });
  }
}
