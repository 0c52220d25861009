import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Mailbox } from '../platform/mail.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { IssueCodes, RESET_MINUTES } from './issue-codes.js';

const TASK = 'mail-password-reset';

/**
 * Mails a code for a new password to whoever has forgotten the old one. The request itself only leaves a job behind,
 * whether the account exists or not: neither the answer nor its time tells which.
 */
@Injectable()
export class RequestPasswordReset implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly accounts: AccountsRepository,
    private readonly limits: AttemptLimits,
    private readonly issueCodes: IssueCodes,
    private readonly mailbox: Mailbox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(TASK, ({ username }) => this.mail(String(username), this.clock.now()));
  }

  /** @throws Refusal `too-many-attempts` when one address asks for too many */
  async run(username: string, address: string): Promise<void> {
    if (!await this.limits.spendReset(username, address)) return;
    await this.jobs.enqueue(this.database.reader, TASK, { username });
  }

  private async mail(username: string, now: Date): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const account = await this.accounts.findByUsername(tx, username);
      if (!account || account.disabledAt) return;
      const { email, name } = await this.accounts.letterTo(tx, account.id);
      if (!email) return;
      const [issued] = await this.issueCodes.run(tx, 'password-reset', [account.id], account.id, now);
      if (!issued) return;
      await this.mailbox.put(tx, {
        recipient: email, language: account.language, kind: 'password-reset',
        params: {
          name, username: account.username, code: issued.code, minutes: RESET_MINUTES,
          link: `${this.config.publicUrl}/reset-password?username=${encodeURIComponent(account.username)}`,
        },
        onceKey: `password-reset:${account.id}:${now.getTime()}`,
      });
    });
  }
}
