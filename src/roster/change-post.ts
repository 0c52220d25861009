import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { revise } from '../rules/timeline.js';
import { AmendPost } from './amend-post.js';

export interface PostChange {
  positionTitle: string;
  group: TargetGroup;
  staffCode: string | null;
  /** From when it is so; what held before stays as it was. */
  from: CivilDate;
}

/** Another title, group or staff code from a day on, in the same agency. Leave that was recorded stays. */
@Injectable()
export class ChangePost {
  constructor(private readonly database: Database, private readonly amend: AmendPost) {}

  async run(postId: number, change: PostChange, roots: readonly number[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const post = await this.amend.find(tx, postId, roots);
      const end = post.pieces.at(-1)?.to ?? FOREVER;
      if (change.from >= end) throw badField('from', 'post-ended-before');
      const wanted = revise(post.pieces, change.from, end, (before) => ({
        staffCode: change.staffCode,
        positionTitle: change.positionTitle,
        targetGroup: change.group,
        onLeave: before?.onLeave ?? false,
      }));
      await this.amend.rewrite(tx, post, wanted, 'post.changed');
    });
  }
}
