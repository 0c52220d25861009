import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { badField } from '../platform/errors.js';
import { Mailbox } from '../platform/mail.js';
import { showDateTime } from '../platform/texts.js';
import { PASSWORD_MAX, PASSWORD_MIN, passwordProblem } from '../rules/passwords.js';
import { AccountsRepository } from './accounts.repository.js';
import { CodesRepository } from './codes.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** `changed`: by its owner who knew the old one; `code`: with a one-time code; `operator`: on the machine itself. */
export type PasswordChange = 'changed' | 'code' | 'operator';

/**
 * Puts a new password (already a hash: see Passwords) in place of the old one: whoever was signed in elsewhere is signed
 * out, codes that are still about are worth nothing, and the owner is told by mail.
 */
@Injectable()
export class SetPassword {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly codes: CodesRepository,
    private readonly mailbox: Mailbox,
    private readonly audit: AuditTrail,
  ) {}

  async run(tx: Tx, account: { id: number; language: 'vi' | 'en'; passwordHash: string | null }, passwordHash: string, options: {
    how: PasswordChange; now: Date; keepSession?: string;
  }): Promise<void> {
    const { how, now, keepSession } = options;
    const id = account.id;
    await this.accounts.setPassword(tx, id, passwordHash, now);
    await this.sessions.endAll(tx, id, 'password-changed', now, keepSession ?? null);
    await this.codes.withdrawAll(tx, id, now);
    await this.audit.record(tx, {
      action: 'access.password-changed', subjectKind: 'account', subjectId: id, details: { how },
      ...(how === 'operator' ? {} : { actorAccountId: id }),
    });
    const { email, name } = await this.accounts.letterTo(tx, id);
    if (!email || account.passwordHash === null) return;
    await this.mailbox.put(tx, {
      recipient: email, language: account.language, kind: 'password-changed', params: { name, at: showDateTime(now) },
      onceKey: `password-changed:${id}:${now.getTime()}`,
    });
  }
}

/** @throws Refusal naming what is wrong with a new password */
export function checkPassword(password: string, username: string, field = 'password'): void {
  const problem = passwordProblem(password, username);
  if (problem) throw badField(field, problem, { min: PASSWORD_MIN, max: PASSWORD_MAX });
}
