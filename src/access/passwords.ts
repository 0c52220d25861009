import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors.js';

/** OWASP's second choice for Argon2id: 19 MiB, two passes, one lane. The algorithm is the package's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const WAITING_AT_MOST = 100;

/**
 * Turns passwords into hashes and checks them. A flood of sign-ins must not take the memory and the threads that
 * everybody else's pages need, so few run at once, some wait, and the rest are asked to come back.
 */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobodys = hash(randomBytes(24), COST);

  /** Passwords are compared after NFC: the same letters typed on two keyboards are the same password. */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFC'), COST));
  }

  /**
   * Whether the password is right. Without a hash the same work is done on nobody's, so that the time of the answer
   * does not tell whether the account exists.
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const compared = stored ?? await this.nobodys;
    const right = await this.inTurn(() => verify(compared, password.normalize('NFC')));
    return right && stored !== null;
  }

  /** Whether a hash was made with other parameters than today's. */
  isOutdated(stored: string): boolean {
    const used = parseOptions(stored);
    return used.memoryCost !== COST.memoryCost || used.timeCost !== COST.timeCost || used.parallelism !== COST.parallelism;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING_AT_MOST) throw new Refusal(503, 'sign-in-busy', { retryAfterSeconds: 10 });
      await new Promise<void>((go) => this.waiting.push(go));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back, so that nobody who comes now can take it before the next in line.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
