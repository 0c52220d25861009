import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { judgeRefresh } from '../rules/sessions.js';
import type { Opened } from './open-session.js';
import { SessionsRepository } from './sessions.repository.js';
import { Tokens } from './tokens.js';

/** Exchanges a refresh token for the next pair. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly tokens: Tokens,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns null when the token is not ours, its session has ended, or it was used before: then the session ends too */
  async run(presented: string, now: Date): Promise<Opened | null> {
    const read = this.tokens.readRefreshToken(presented);
    if (!read) return null;
    const { sessionId, generation } = read;

    return this.database.inTransaction(async (tx) => {
      const rotated = await this.sessions.rotate(tx, sessionId, generation, now);
      if (rotated) return this.opened(sessionId, rotated.accountId, rotated.generation, now);

      const session = await this.sessions.find(tx, sessionId);
      const outcome = judgeRefresh(session, generation, now);
      if (session && outcome === 'same') return this.opened(sessionId, session.accountId, session.generation, now);
      if (session && outcome === 'reuse') {
        await this.sessions.end(tx, sessionId, session.accountId, 'token-reuse', now);
        await this.audit.record(tx, {
          action: 'access.token-reused', subjectKind: 'account', subjectId: session.accountId,
          actorAccountId: session.accountId, details: { sessionId, generation, current: session.generation },
        });
      }
      return null;
    });
  }

  private opened(sessionId: string, accountId: number, generation: number, now: Date): Opened {
    return { sessionId, accountId, tokens: this.tokens.pair(accountId, sessionId, generation, now) };
  }
}
