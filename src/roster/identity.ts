import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';

export interface NationalId {
  /** HMAC-SHA-256 with IDENTITY_KEY, in hex: finds the same number again and cannot be turned back into it. */
  hash: string;
  /** Last three digits, so that a person can recognise it. */
  tail: string;
}

/** The only place that sees a national number whole. It is never stored, logged or put into an error. */
@Injectable()
export class IdentityKeeper {
  constructor(private readonly config: Config) {}

  /** @param digits twelve digits, checked before (rules/roster-import) */
  seal(digits: string): NationalId {
    return {
      hash: createHmac('sha256', this.config.identityKey).update(`national-id ${digits}`).digest('hex'),
      tail: digits.slice(-3),
    };
  }
}
