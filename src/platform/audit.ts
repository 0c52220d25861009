import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import type { Tx } from './database/sql.js';
import { requestContext } from './request-context.js';

export interface AuditEvent {
  /** Past tense, `feature.what-happened`: `cohort.created`. */
  action: string;
  subjectKind: string;
  subjectId: string | number;
  agencyId?: number | null;
  /** Ids and codes only. Never a name, an answer, an address or a secret. */
  details?: Record<string, unknown>;
  /** Where the actor is not the signed-in account of the request. */
  actorAccountId?: number | null;
}

/** Writes who did what to whom, in the transaction that does it. */
@Injectable()
export class AuditTrail {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, event: AuditEvent): Promise<void> {
    await this.recordMany(tx, [event]);
  }

  /** The same for many subjects of one act, in one statement. */
  async recordMany(tx: Tx, events: AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    const context = requestContext();
    const entries = events.map((event) => ({
      actor: event.actorAccountId ?? context?.accountId ?? null, action: event.action, kind: event.subjectKind,
      subject: String(event.subjectId), agency: event.agencyId ?? null, details: event.details ?? {},
    }));
    await tx.query(
      `INSERT INTO audit_entry (at, actor_account_id, action, subject_kind, subject_id, agency_id, details, request_id)
       SELECT $1, actor, action, kind, subject, agency, details, $2 FROM jsonb_to_recordset($3::jsonb)
           AS given (actor bigint, action text, kind text, subject text, agency integer, details jsonb)`,
      [this.clock.now(), context?.requestId ?? null, JSON.stringify(entries)],
    );
  }
}
