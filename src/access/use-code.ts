import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { refused } from '../platform/errors.js';
import { readCode } from '../rules/one-time-codes.js';
import { AccessKeys } from './access-keys.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { CodesRepository } from './codes.repository.js';
import { OpenSession, type Opened } from './open-session.js';
import { Passwords } from './passwords.js';
import { checkPassword, SetPassword } from './set-password.js';

/**
 * Sets a password with a one-time code, printed (activation) or mailed (forgotten password), and signs its owner in. An
 * unknown username, a wrong code and one that is used up or out of date are answered alike.
 */
@Injectable()
export class UseCode {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly codes: CodesRepository,
    private readonly keys: AccessKeys,
    private readonly limits: AttemptLimits,
    private readonly passwords: Passwords,
    private readonly setPassword: SetPassword,
    private readonly openSession: OpenSession,
  ) {}

  /** @throws Refusal `code-refused`, `too-many-attempts`, or what is wrong with the password */
  async run(given: { username: string; code: string; password: string; address: string; device: string }, now: Date): Promise<Opened> {
    const { username, password, address } = given;
    checkPassword(password, username);
    await this.limits.spend('code', username, address);

    const code = readCode(given.code);
    const found = await this.accounts.findByUsername(this.database.reader, username);
    const account = found && !found.disabledAt ? found : null;
    const passwordHash = await this.passwords.hash(password);
    const opened = await this.database.inTransaction(async (tx) => {
      const codeHash = this.keys.hashOfCode(account?.id ?? 0, code ?? '');
      const purpose = await this.codes.use(tx, account?.id ?? 0, codeHash, now);
      if (!account || !purpose) return null;
      await this.setPassword.run(tx, account, passwordHash, { how: 'code', now });
      return this.openSession.run(tx, account, { device: given.device, secondFactorShown: false, now });
    });
    if (!opened) throw refused('code-refused');
    await this.limits.giveBack('code', username, address);
    return opened;
  }
}
