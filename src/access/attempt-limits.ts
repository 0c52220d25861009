import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors.js';
import { AccessKeys } from './access-keys.js';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;
const MONTH = 30 * 24 * HOUR;

/** What is guessed at: each has counters of its own. */
export type Guess = 'sign-in' | 'code';

/**
 * Slows guessing without ever locking anybody out. An office shares one address, so the first limit is by account *and*
 * address: a stranger's guesses do not count against the owner. Over all addresses an account has a wider limit, which
 * does not hold for an address from which its owner has signed in within the last 30 days. Counters are in the database,
 * shared by all processes, and forget by themselves; they tell the real time, not the Clock.
 *
 * An attempt is counted before it is tried and given back when it was right: guesses sent all at once count as well.
 */
@Injectable()
export class AttemptLimits {
  private readonly byPair: RateLimiterPostgres;
  private readonly byAccount: RateLimiterPostgres;
  private readonly byAddress: RateLimiterPostgres;
  private readonly known: RateLimiterPostgres;
  private readonly bySecondFactor: RateLimiterPostgres;
  private readonly resetsByAccount: RateLimiterPostgres;
  private readonly resetsByAddress: RateLimiterPostgres;

  constructor(@InjectDataSource() source: DataSource, private readonly keys: AccessKeys) {
    const limit = (keyPrefix: string, points: number, duration: number) => new RateLimiterPostgres({
      storeClient: source, storeType: 'typeorm', tableName: 'rate_limit', tableCreated: true, clearExpiredByTimeout: false,
      keyPrefix, points, duration,
    });
    this.byPair = limit('account-address', 10, QUARTER);
    this.byAccount = limit('account', 50, QUARTER);
    this.byAddress = limit('address', 300, QUARTER);
    this.known = limit('known-address', 1, MONTH);
    this.bySecondFactor = limit('second-factor', 5, QUARTER);
    this.resetsByAccount = limit('reset-account', 3, HOUR);
    this.resetsByAddress = limit('reset-address', 20, HOUR);
  }

  /** @throws Refusal `too-many-attempts` with the seconds to wait */
  async spend(guess: Guess, username: string, address: string): Promise<void> {
    const key = this.keysOf(guess, username, address);
    await consume(this.byAddress, key.address);
    await consume(this.byPair, key.pair);
    if (!await this.known.get(key.pair)) await consume(this.byAccount, key.account);
  }

  /** The guess was right: it is no guess. */
  async giveBack(guess: Guess, username: string, address: string): Promise<void> {
    const key = this.keysOf(guess, username, address);
    const wasKnown = await this.known.get(key.pair) !== null;
    await this.byPair.delete(key.pair);
    await this.byAddress.reward(key.address);
    if (!wasKnown) await this.byAccount.reward(key.account);
    await this.known.set(key.pair, 1, MONTH);
  }

  /** Only somebody who has shown the password comes this far, so this limit is by account alone. */
  async spendSecondFactor(accountId: number): Promise<void> {
    await consume(this.bySecondFactor, String(accountId));
  }

  async giveBackSecondFactor(accountId: number): Promise<void> {
    await this.bySecondFactor.delete(String(accountId));
  }

  /**
   * @returns whether a reset may be sent for this username: too many are passed over in silence, for the answer is
   * the same whatever happened
   * @throws Refusal `too-many-attempts` when the address asks for too many
   */
  async spendReset(username: string, address: string): Promise<boolean> {
    const key = this.keysOf('code', username, address);
    await consume(this.resetsByAddress, key.address);
    return (await this.resetsByAccount.consume(key.account).catch(orThrow)) !== null;
  }

  private keysOf(guess: Guess, username: string, address: string) {
    const from = networkOf(address);
    return {
      pair: this.keys.nameOfCounter(guess, username, from),
      account: this.keys.nameOfCounter(guess, username),
      address: this.keys.nameOfCounter(from),
    };
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Refusal(429, 'too-many-attempts', { retryAfterSeconds, minutes: Math.ceil(retryAfterSeconds / 60) });
  }
}

function orThrow(error: unknown): null {
  if (error instanceof RateLimiterRes) return null;
  throw error;
}

/** One household or office has a whole /64 of IPv6; counting single addresses of it would count nothing. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
