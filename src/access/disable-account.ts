import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail, type AuditAction } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { AccountsRepository } from './accounts.repository.js';
import { CodesRepository } from './codes.repository.js';
import { ManagedAccounts } from './managed-accounts.js';
import { SessionsRepository } from './sessions.repository.js';

/**
 * Closes an account, or opens it again; signs it out everywhere; takes off a second factor whose telephone is lost.
 * Nothing that its owner has learned is touched. Each is the same done twice as once.
 */
@Injectable()
export class DisableAccount {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly codes: CodesRepository,
    private readonly managed: ManagedAccounts,
    private readonly audit: AuditTrail,
  ) {}

  async disable(me: Principal, accountId: number, now: Date): Promise<void> {
    await this.change(me, accountId, async (tx) => {
      if (!await this.accounts.disable(tx, accountId, me.accountId, now)) return null;
      await this.sessions.endAll(tx, accountId, 'disabled', now);
      await this.codes.withdrawAll(tx, accountId, now);
      return 'access.account-disabled';
    });
  }

  async enable(me: Principal, accountId: number): Promise<void> {
    await this.change(me, accountId, async (tx) => (await this.accounts.enable(tx, accountId) ? 'access.account-enabled' : null));
  }

  async signOutEverywhere(me: Principal, accountId: number, now: Date): Promise<void> {
    await this.change(me, accountId, async (tx) => {
      const ended = await this.sessions.endAll(tx, accountId, 'ended-by-manager', now);
      return ended > 0 ? 'access.sessions-ended' : null;
    });
  }

  async resetSecondFactor(me: Principal, accountId: number, now: Date): Promise<void> {
    await this.change(me, accountId, async (tx) => {
      await this.accounts.removeSecondFactor(tx, accountId);
      await this.sessions.endAll(tx, accountId, 'second-factor-reset', now);
      return 'access.second-factor-reset';
    });
  }

  private async change(me: Principal, accountId: number, work: (tx: Tx) => Promise<AuditAction | null>): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.managed.mustManage(tx, me, accountId);
      const action = await work(tx);
      if (action) await this.audit.record(tx, { action, subjectKind: 'account', subjectId: accountId });
    });
  }
}
