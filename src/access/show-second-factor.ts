import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { SecondFactor } from './second-factor.js';
import { SessionsRepository } from './sessions.repository.js';

/** The second step of signing in by page: the code of now, after the password. */
@Injectable()
export class ShowSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly secondFactor: SecondFactor,
    private readonly audit: AuditTrail,
  ) {}

  async run(me: Principal, code: string, now: Date): Promise<void> {
    const account = await this.accounts.find(this.database.reader, me.accountId);
    if (!account?.totpConfirmedAt || !await this.secondFactor.accept(account, code, now)) {
      throw badField('code', 'second-factor-wrong');
    }
    await this.database.inTransaction(async (tx) => {
      await this.sessions.secondFactorShown(tx, me.sessionId, now);
      await this.audit.record(tx, { action: 'access.second-factor-shown', subjectKind: 'account', subjectId: me.accountId });
    });
  }
}
