import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { isUniqueViolation, type Tx } from '../platform/database/sql.js';
import { badField } from '../platform/errors.js';
import { proposeUsernames, USERNAME, usernameFor } from '../rules/usernames.js';
import { AccountsRepository, type NewAccount } from './accounts.repository.js';

export interface AccountRequest {
  personId: number;
  fullName: string;
  /** Absent: proposed from the name. */
  username?: string;
  /** Of Passwords.hash. Absent: the account waits for its one-time code. */
  passwordHash?: string;
}

export interface CreatedAccount {
  id: number;
  personId: number;
  username: string;
}

/**
 * Gives people accounts, any number at once, without asking who may: for the commands of the operator, for trial data,
 * and for CreateAccountsForPeople, which asks. Whoever has an account keeps it and is not in the answer.
 */
@Injectable()
export class CreateAccounts {
  constructor(private readonly accounts: AccountsRepository, private readonly audit: AuditTrail) {}

  /** @throws Refusal `username-invalid` or `username-taken` for a username that was asked for */
  async run(tx: Tx, people: AccountRequest[], options: { by: number | null; now: Date }): Promise<CreatedAccount[]> {
    const { by, now } = options;
    const unnamed = people.filter((person) => !person.username);
    for (const { username } of people) {
      if (username && !USERNAME.test(username)) throw badField('username', 'username-invalid');
    }
    await this.accounts.lockUsernames(tx);
    const bases = [...new Set(unnamed.map((person) => usernameFor(person.fullName)))];
    const taken = new Set([
      ...await this.accounts.usernamesLike(tx, bases),
      ...people.flatMap((person) => (person.username ? [person.username.toLowerCase()] : [])),
    ]);
    const proposals = proposeUsernames(unnamed.map((person) => person.fullName), taken);
    const proposed = new Map(unnamed.map((person, place) => [person.personId, proposals[place] ?? '']));

    const created = await this.add(tx, people.map((person) => ({
      personId: person.personId, username: person.username ?? proposed.get(person.personId) ?? '',
      passwordHash: person.passwordHash ?? null, createdBy: by, now,
    })));
    await this.audit.recordMany(tx, created.map((account) => ({
      action: 'access.account-created', subjectKind: 'account', subjectId: account.id, actorAccountId: by,
      details: { personId: account.personId },
    })));
    return created;
  }

  private async add(tx: Tx, accounts: NewAccount[]): Promise<CreatedAccount[]> {
    try {
      return await this.accounts.add(tx, accounts);
    } catch (error) {
      if (isUniqueViolation(error, 'uq_account_username')) throw badField('username', 'username-taken');
      throw error;
    }
  }
}
