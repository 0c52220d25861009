import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Database } from '../platform/database/database.js';
import { refused } from '../platform/errors.js';
import { IssueCodes } from './issue-codes.js';
import type { CodeSheetLine } from './create-accounts-for-people.js';
import { ManagedAccounts } from './managed-accounts.js';

/** A new one-time code for somebody who lost theirs or forgot the password. The password they have stays until it is used. */
@Injectable()
export class GiveNewCode {
  constructor(
    private readonly database: Database,
    private readonly managed: ManagedAccounts,
    private readonly issueCodes: IssueCodes,
  ) {}

  async run(me: Principal, accountId: number, now: Date): Promise<CodeSheetLine> {
    return this.database.inTransaction(async (tx) => {
      const { person } = await this.managed.mustManage(tx, me, accountId);
      if (person.state === 'disabled') throw refused('account-disabled');
      const [issued] = await this.issueCodes.run(tx, 'activation', [accountId], me.accountId, now);
      if (!issued) throw new Error('No code was issued.');
      return { person, accountId, username: person.username ?? '', code: issued.code, expiresAt: issued.expiresAt };
    });
  }
}
