import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { SessionsRepository } from './sessions.repository.js';

/** Ends one's own sessions: this one, another that one does not recognise, or all of them. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** Twice is as good as once. */
  async here(session: { sessionId: string; accountId: number }, now: Date): Promise<void> {
    await this.end(session.accountId, session.sessionId, now);
  }

  /** By a refresh token, whose owner may have no access token left. */
  async bySessionId(sessionId: string, now: Date): Promise<void> {
    const session = await this.sessions.find(this.database.reader, sessionId);
    if (session) await this.end(session.accountId, sessionId, now);
  }

  /** @throws Refusal 404 when there is no such open session of this account */
  async there(me: Principal, sessionId: string, now: Date): Promise<void> {
    if (!await this.end(me.accountId, sessionId, now)) throw notFound();
  }

  /** @returns how many sessions ended */
  async everywhere(me: Principal, now: Date): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      const ended = await this.sessions.endAll(tx, me.accountId, 'signed-out-everywhere', now);
      await this.audit.record(tx, {
        action: 'access.signed-out-everywhere', subjectKind: 'account', subjectId: me.accountId, details: { sessions: ended },
      });
      return ended;
    });
  }

  private async end(accountId: number, sessionId: string, now: Date): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      const ended = await this.sessions.end(tx, sessionId, accountId, 'signed-out', now);
      if (ended > 0) {
        await this.audit.record(tx, {
          action: 'access.signed-out', subjectKind: 'account', subjectId: accountId, actorAccountId: accountId, details: { sessionId },
        });
      }
      return ended > 0;
    });
  }
}
