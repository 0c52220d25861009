import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { Database } from '../platform/database/database.js';
import { AccessKeys } from './access-keys.js';
import { AccountsRepository, type Account } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';

const ISSUER = 'Lan Toa';
const STEP_SECONDS = 30;
/** Telephones are a little fast or slow: the step before and the step after count too. */
const STEPS_AROUND = 1;

/** Codes of six figures that an app on the telephone makes anew every half minute (TOTP, RFC 6238). */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly limits: AttemptLimits,
    private readonly keys: AccessKeys,
  ) {}

  /** A new secret, sealed for one account. */
  newSecret(accountId: number): string {
    return this.keys.seal(new Secret({ size: 20 }).base32, accountId);
  }

  /** What the person puts into the app: a picture, or the key by hand in groups of four. */
  async invitation(account: Account): Promise<{ picture: string; key: string; link: string } | null> {
    if (!account.totpSecret) return null;
    const totp = this.totpOf(account.totpSecret, account);
    const link = totp.toString();
    const svg = await QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
    return {
      picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
      key: (totp.secret.base32.match(/.{1,4}/g) ?? []).join(' '),
      link,
    };
  }

  /**
   * Takes a code, once. The first one taken also confirms the enrolment.
   * @throws Refusal `too-many-attempts` after five wrong ones in fifteen minutes
   */
  async accept(account: Account, typed: string, now: Date): Promise<boolean> {
    if (!account.totpSecret) return false;
    await this.limits.spendSecondFactor(account.id);
    const token = typed.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return false;
    const delta = this.totpOf(account.totpSecret, account).validate({ token, timestamp: now.getTime(), window: STEPS_AROUND });
    if (delta === null) return false;
    const step = Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta;
    const taken = await this.accounts.takeStep(this.database.reader, account.id, step, now);
    if (taken) await this.limits.giveBackSecondFactor(account.id);
    return taken;
  }

  private totpOf(sealed: string, account: Account): TOTP {
    const secret = Secret.fromBase32(this.keys.open(sealed, account.id));
    return new TOTP({ issuer: ISSUER, label: account.username, secret, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });
  }
}
