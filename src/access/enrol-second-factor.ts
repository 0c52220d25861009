import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { badField, forbidden, Refusal } from '../platform/errors.js';
import { AccountsRepository, type Account } from './accounts.repository.js';
import { SecondFactor } from './second-factor.js';
import { SessionsRepository } from './sessions.repository.js';

/** Adds the second factor to one's own account: a new secret, then one code that proves the app has it. */
@Injectable()
export class EnrolSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly secondFactor: SecondFactor,
    private readonly audit: AuditTrail,
  ) {}

  /** A secret that waits for its first code; whoever begins again gets another. */
  async begin(me: Principal): Promise<void> {
    await this.notEnrolled(me);
    await this.accounts.beginSecondFactor(this.database.reader, me.accountId, this.secondFactor.newSecret(me.accountId));
  }

  /** What to put into the app; null before it was begun. */
  async invitation(me: Principal) {
    return this.secondFactor.invitation(await this.notEnrolled(me));
  }

  async confirm(me: Principal, code: string, now: Date): Promise<void> {
    const account = await this.notEnrolled(me);
    if (!await this.secondFactor.accept(account, code, now)) throw badField('code', 'second-factor-wrong');
    await this.database.inTransaction(async (tx) => {
      await this.sessions.secondFactorShown(tx, me.sessionId, now);
      await this.audit.record(tx, { action: 'access.second-factor-enrolled', subjectKind: 'account', subjectId: me.accountId });
    });
  }

  /** Whoever has only the password must not be able to put their own telephone in place of the owner's. */
  private async notEnrolled(me: Principal): Promise<Account> {
    const account = await this.accounts.find(this.database.reader, me.accountId);
    if (!account) throw new Refusal(401, 'sign-in-needed');
    if (account.totpConfirmedAt) throw forbidden('second-factor-already');
    return account;
  }
}
