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
    const context = requestContext();
    await tx.query(
      `INSERT INTO audit_entry (at, actor_account_id, action, subject_kind, subject_id, agency_id, details, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [this.clock.now(), event.actorAccountId ?? context?.accountId ?? null, event.action, event.subjectKind,
        String(event.subjectId), event.agencyId ?? null, event.details ?? {}, context?.requestId ?? null],
    );
  }
}
