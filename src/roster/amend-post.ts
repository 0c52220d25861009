import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditAction } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation, type Tx } from '../platform/database/sql.js';
import { badField, notFound } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import type { Piece } from '../rules/timeline.js';
import { PostBook, type Post, type PostFacts } from './post-book.js';
import { agencyInScope } from './scope.js';
import './roster.facts.js';

/**
 * What every change of a single post has in common: find it in one's scope, rewrite its time, record it, tell of it.
 */
@Injectable()
export class AmendPost {
  constructor(
    private readonly clock: Clock,
    private readonly posts: PostBook,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Refusal 404 outside the roots */
  async find(tx: Tx, postId: number, roots: readonly number[]): Promise<Post> {
    const [post] = await this.posts.byIds(tx, [postId], true);
    if (!post) throw notFound();
    await agencyInScope(tx, post.agencyId, roots, this.clock.today());
    return post;
  }

  /** @returns whether anything changed; a form sent twice changes nothing the second time */
  async rewrite(tx: Tx, post: Post, wanted: Piece<PostFacts>[], action: AuditAction): Promise<boolean> {
    const changed = await staffCodeOnce(() => this.posts.rewrite(tx, post, wanted));
    if (changed) await this.tell(tx, post, action);
    return changed;
  }

  async tell(tx: Tx, post: Pick<Post, 'postId' | 'personId' | 'agencyId'>, action: AuditAction): Promise<void> {
    await this.audit.record(tx, {
      action,
      subjectKind: 'post',
      subjectId: post.postId,
      agencyId: post.agencyId,
      details: { personId: post.personId },
    });
    await this.facts.publish(tx, 'roster-changed', { agencyIds: [post.agencyId], personIds: [post.personId] });
  }
}

/** A staff code belongs to one person of an agency at a time: the database says so, this says it in words. */
export async function staffCodeOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'post_staff_code_once')) throw badField('staff_code', 'staff-code-taken');
    throw error;
  }
}
