import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Database } from '../platform/database/database.js';
import { badField, Refusal } from '../platform/errors.js';
import { AccountsRepository, type Account } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { Passwords } from './passwords.js';
import { checkPassword, SetPassword } from './set-password.js';

/** A new password for somebody who knows the old one. Every other place where they are signed in is signed out. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly limits: AttemptLimits,
    private readonly passwords: Passwords,
    private readonly setPassword: SetPassword,
  ) {}

  async run(me: Principal, given: { current: string; password: string; address: string }, now: Date): Promise<void> {
    checkPassword(given.password, me.username);
    const account = await this.confirm(me, given.current, given.address);
    const passwordHash = await this.passwords.hash(given.password);
    await this.database.inTransaction((tx) =>
      this.setPassword.run(tx, account, passwordHash, { how: 'changed', now, keepSession: me.sessionId }));
  }

  /** That it is the owner who sits there, before something that a borrowed device must not do. */
  async confirm(me: Principal, password: string, address: string): Promise<Account> {
    await this.limits.spend('sign-in', me.username, address);
    const account = await this.accounts.find(this.database.reader, me.accountId);
    if (!account) throw new Refusal(401, 'sign-in-needed');
    if (!await this.passwords.verify(account.passwordHash, password)) throw badField('current', 'password-wrong');
    await this.limits.giveBack('sign-in', me.username, address);
    return account;
  }
}
