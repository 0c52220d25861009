import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound, refused } from '../platform/errors.js';
import { mayManage, scopeRoots } from '../rules/scope.js';
import { PeopleInScopeRepository, type PersonInScope } from './people-in-scope.repository.js';

/** What a manager may do with somebody's sign-in; a code says why not. */
export type Obstacle = 'account-own' | 'account-beyond' | 'account-elsewhere';

export interface ManagedAccount {
  person: PersonInScope;
  accountId: number;
  /** null: it may be managed. */
  obstacle: Obstacle | null;
}

/**
 * Whose accounts somebody may touch: people of their part of the tree (others do not exist for them), never their own,
 * none that reaches further than theirs, none of a person who also holds a post outside their part of the tree.
 */
@Injectable()
export class ManagedAccounts {
  constructor(private readonly people: PeopleInScopeRepository, private readonly clock: Clock) {}

  rootsOf(me: Principal): number[] {
    return scopeRoots(me.grants, 'accounts.manage');
  }

  /** @throws Refusal 404 when there is no such account in my part of the tree */
  async find(tx: Tx, me: Principal, accountId: number): Promise<ManagedAccount> {
    const personId = await this.people.personOf(tx, accountId);
    const [person] = personId === null ? []
      : await this.people.list(tx, this.rootsOf(me), this.clock.today(), { personIds: [personId], limit: 1 });
    if (!person) throw notFound();
    const obstacles = await this.obstacles(tx, me, [person]);
    return { person, accountId, obstacle: obstacles.get(person.personId) ?? null };
  }

  /** @throws Refusal 404, or the code of what stands in the way */
  async mustManage(tx: Tx, me: Principal, accountId: number): Promise<ManagedAccount> {
    const managed = await this.find(tx, me, accountId);
    if (managed.obstacle) throw refused(managed.obstacle);
    return managed;
  }

  /** What stands in the way, for those people where something does. */
  async obstacles(tx: Tx, me: Principal, people: PersonInScope[]): Promise<Map<number, Obstacle>> {
    const accountIds = people.flatMap((person) => (person.accountId === null ? [] : [person.accountId]));
    const reaches = await this.people.reaches(tx, accountIds, this.clock.today());
    const found = new Map<number, Obstacle>();
    for (const person of people) {
      const reach = person.accountId === null ? [] : reaches.get(person.accountId) ?? [];
      if (person.accountId === me.accountId) found.set(person.personId, 'account-own');
      else if (!mayManage(me.grants, reach)) found.set(person.personId, 'account-beyond');
      else if (person.elsewhere) found.set(person.personId, 'account-elsewhere');
    }
    return found;
  }
}
