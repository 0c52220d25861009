import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';

/**
 * Keys of one purpose each, all from SECRET_KEY (HKDF-SHA-256, RFC 5869): what is made for one purpose is worthless for
 * another, and a new SECRET_KEY ends every session, code and second factor at once.
 */
@Injectable()
export class AccessKeys {
  /** Signs access tokens. */
  readonly accessToken: Buffer;
  private readonly refreshToken: Buffer;
  private readonly oneTimeCode: Buffer;
  private readonly counter: Buffer;
  private readonly sealing: Buffer;

  constructor(config: Config) {
    const key = (purpose: string) => Buffer.from(hkdfSync('sha256', config.secretKey, '', `lan-toa ${purpose}`, 32));
    this.accessToken = key('access token');
    this.refreshToken = key('refresh token');
    this.oneTimeCode = key('one-time code');
    this.counter = key('attempt counter');
    this.sealing = key('second factor');
  }

  macOfRefreshToken(sessionId: string, generation: number): Buffer {
    return createHmac('sha256', this.refreshToken).update(`${sessionId}.${generation}`).digest();
  }

  /** What is stored instead of a one-time code. Of one account only: the same letters are worth nothing to another. */
  hashOfCode(accountId: number, code: string): string {
    return createHmac('sha256', this.oneTimeCode).update(`${accountId} ${code}`).digest('base64url');
  }

  /** The name of a counter, which tells nothing of the username or address it counts. */
  nameOfCounter(...parts: string[]): string {
    return createHmac('sha256', this.counter).update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
  }

  /** Encrypts (AES-256-GCM), bound to whose it is: moved to another account it cannot be opened. */
  seal(plain: string, owner: number): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.sealing, nonce).setAAD(Buffer.from(`account ${owner}`));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws Error when it was not sealed for this owner with this key */
  open(sealed: string, owner: number): string {
    const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.sealing, bytes.subarray(0, 12))
      .setAAD(Buffer.from(`account ${owner}`)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}
