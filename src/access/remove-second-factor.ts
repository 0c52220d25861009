import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { AccountsRepository } from './accounts.repository.js';
import { ChangePassword } from './change-password.js';
import { SessionsRepository } from './sessions.repository.js';

/** Takes the second factor off one's own account, by the password: for a new telephone, or because it is not wanted. */
@Injectable()
export class RemoveSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly owner: ChangePassword,
    private readonly audit: AuditTrail,
  ) {}

  async run(me: Principal, given: { current: string; address: string }, now: Date): Promise<void> {
    const account = await this.owner.confirm(me, given.current, given.address);
    await this.database.inTransaction(async (tx) => {
      await this.accounts.removeSecondFactor(tx, account.id);
      await this.sessions.endAll(tx, account.id, 'second-factor-reset', now, me.sessionId);
      await this.sessions.secondFactorForgotten(tx, me.sessionId);
      await this.audit.record(tx, { action: 'access.second-factor-removed', subjectKind: 'account', subjectId: account.id });
    });
  }
}
