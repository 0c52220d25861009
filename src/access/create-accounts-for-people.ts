import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { CreateAccounts } from './create-accounts.js';
import { IssueCodes } from './issue-codes.js';
import { ManagedAccounts, type Obstacle } from './managed-accounts.js';
import { PeopleInScopeRepository, type PersonInScope } from './people-in-scope.repository.js';

export interface CodeSheetLine {
  person: PersonInScope;
  accountId: number;
  username: string;
  code: string;
  expiresAt: Date;
}

export interface CodeSheet {
  lines: CodeSheetLine[];
  /** Those for whom nothing was done, and why. */
  passedOver: { person: PersonInScope; reason: Obstacle | 'account-active' | 'account-disabled' }[];
}

/**
 * Accounts and one-time codes for people of the roster. Whoever has an account that was never activated is given a new
 * code and the old one is withdrawn, so the last sheet printed is always the one that is good, however often the button
 * was pressed. Whoever uses their account already is left alone.
 */
@Injectable()
export class CreateAccountsForPeople {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleInScopeRepository,
    private readonly managed: ManagedAccounts,
    private readonly createAccounts: CreateAccounts,
    private readonly issueCodes: IssueCodes,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 404 when any of them is not of my part of the tree: then nothing is done for anybody */
  async run(me: Principal, personIds: number[], now: Date): Promise<CodeSheet> {
    const wanted = [...new Set(personIds)];
    return this.database.inTransaction(async (tx) => {
      const people = await this.people.list(tx, this.managed.rootsOf(me), this.clock.today(),
        { personIds: wanted, limit: wanted.length });
      if (people.length < wanted.length) throw notFound();
      const obstacles = await this.managed.obstacles(tx, me, people);
      const free = people.filter((person) => !obstacles.has(person.personId));

      const without = free.filter((person) => person.state === 'none');
      const created = await this.createAccounts.run(tx, without.map(({ personId, fullName }) => ({ personId, fullName })),
        { by: me.accountId, now });
      const accounts = new Map(created.map((account) => [account.personId, { id: account.id, username: account.username }]));
      for (const { personId, state, accountId, username } of free) {
        if (state === 'waiting' && accountId && username) accounts.set(personId, { id: accountId, username });
      }
      const codes = await this.issueCodes.run(tx, 'activation', [...accounts.values()].map(({ id }) => id), me.accountId, now);
      const byAccount = new Map(codes.map((code) => [code.accountId, code]));

      const lines = people.flatMap((person): CodeSheetLine[] => {
        const account = accounts.get(person.personId);
        const code = account && byAccount.get(account.id);
        return account && code
          ? [{ person, accountId: account.id, username: account.username, code: code.code, expiresAt: code.expiresAt }] : [];
      });
      const passedOver = people.filter((person) => !accounts.has(person.personId)).map((person) => ({
        person,
        reason: obstacles.get(person.personId) ?? (person.state === 'disabled' ? 'account-disabled' as const : 'account-active' as const),
      }));
      return { lines, passedOver };
    });
  }
}
