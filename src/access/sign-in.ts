import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { Refusal } from '../platform/errors.js';
import { Metrics } from '../platform/metrics.js';
import { AccountsRepository, type Account } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { OpenSession, type Opened } from './open-session.js';
import { Passwords } from './passwords.js';
import { SecondFactor } from './second-factor.js';

export interface SignInAttempt {
  username: string;
  password: string;
  /** From a program, which cannot be led to a second page; a page asks for it there. */
  code?: string;
  /** Whether a session is given before the second factor was shown. It opens nothing but the page that asks for it. */
  secondFactorLater: boolean;
  address: string;
  device: string;
  now: Date;
  replaces?: { sessionId: string; accountId: number } | null;
}

const refusedAlike = () => new Refusal(401, 'sign-in-refused');

/**
 * Signs somebody in. An unknown username, a wrong password, an account that is disabled or not activated: the same
 * answer after the same work, so that nobody learns which accounts there are.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly limits: AttemptLimits,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactor,
    private readonly openSession: OpenSession,
    private readonly audit: AuditTrail,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Refusal `sign-in-refused`, `too-many-attempts`, `second-factor-needed` or `second-factor-wrong` */
  async run(attempt: SignInAttempt): Promise<Opened> {
    const { username, password, address, now } = attempt;
    await this.limits.spend('sign-in', username, address);

    const account = await this.accounts.findByUsername(this.database.reader, username);
    const right = await this.passwords.verify(account?.passwordHash ?? null, password);
    if (!account || !right || account.disabledAt) {
      await this.recordRefusal(account);
      throw refusedAlike();
    }
    await this.limits.giveBack('sign-in', username, address);

    const shown = await this.showSecondFactor(account, attempt);
    const rehashed = account.passwordHash && this.passwords.isOutdated(account.passwordHash)
      ? await this.passwords.hash(password) : null;

    return this.database.inTransaction(async (tx) => {
      if (account.passwordHash && rehashed) await this.accounts.rehash(tx, account.id, account.passwordHash, rehashed);
      const opened = await this.openSession.run(tx, account, {
        device: attempt.device, secondFactorShown: shown, now, replaces: attempt.replaces,
      });
      await this.audit.record(tx, {
        action: 'access.signed-in', subjectKind: 'account', subjectId: account.id, actorAccountId: account.id,
        details: { sessionId: opened.sessionId, secondFactor: shown },
      });
      return opened;
    });
  }

  /** @returns whether a code was shown with the password */
  private async showSecondFactor(account: Account, attempt: SignInAttempt): Promise<boolean> {
    if (!account.totpConfirmedAt) return false;
    if (attempt.code === undefined) {
      if (attempt.secondFactorLater) return false;
      throw new Refusal(401, 'second-factor-needed');
    }
    if (!await this.secondFactor.accept(account, attempt.code, attempt.now)) throw new Refusal(401, 'second-factor-wrong');
    return true;
  }

  private async recordRefusal(account: Account | null): Promise<void> {
    this.metrics.count('sign-in-refused');
    const reason = !account ? 'unknown' : account.disabledAt ? 'disabled' : account.passwordHash ? 'password' : 'not-activated';
    await this.audit.record(this.database.reader, {
      // Never what was typed: people type their password into the field of the username.
      action: 'access.sign-in-refused', subjectKind: 'account', subjectId: account?.id ?? 'unknown', actorAccountId: null,
      details: { reason },
    });
  }
}
