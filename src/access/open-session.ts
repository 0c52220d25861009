import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sessionEnd } from '../rules/sessions.js';
import type { Tx } from '../platform/database/sql.js';
import { SessionsRepository } from './sessions.repository.js';
import { Tokens, type TokenPair } from './tokens.js';

export interface Opened {
  sessionId: string;
  accountId: number;
  tokens: TokenPair;
}

/** Begins a session, always a new one: what a browser brought along from before is never continued. */
@Injectable()
export class OpenSession {
  constructor(private readonly sessions: SessionsRepository, private readonly tokens: Tokens) {}

  async run(tx: Tx, account: { id: number; hasRoles: boolean }, options: {
    device: string; secondFactorShown: boolean; now: Date; replaces?: { sessionId: string; accountId: number } | null;
  }): Promise<Opened> {
    const { device, secondFactorShown, now, replaces } = options;
    if (replaces) await this.sessions.end(tx, replaces.sessionId, replaces.accountId, 'replaced', now);
    const id = randomUUID();
    await this.sessions.add(tx, {
      id, accountId: account.id, begun: now, expiresAt: sessionEnd(now, account.hasRoles),
      secondFactorAt: secondFactorShown ? now : null, device,
    });
    return { sessionId: id, accountId: account.id, tokens: this.tokens.pair(account.id, id, 1, now) };
  }
}
