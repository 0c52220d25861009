import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import type { Tx } from './database/sql.js';
import { requestContext } from './request-context.js';

/** All that is recorded. Past tense, `feature.what-happened`. Each has its sentence in texts/<lang>/audit.json. */
export const AUDIT_ACTIONS = [
  'access.account-created', 'access.account-disabled', 'access.account-enabled', 'access.code-issued',
  'access.notice-accepted', 'access.password-changed', 'access.role-granted', 'access.role-revoked',
  'access.second-factor-enrolled', 'access.second-factor-removed', 'access.second-factor-reset',
  'access.second-factor-shown', 'access.sessions-ended', 'access.sign-in-refused', 'access.signed-in',
  'access.signed-out', 'access.signed-out-everywhere', 'access.token-reused', 'agency-import.confirmed',
  'agency-import.previewed', 'agency.base-loaded', 'assignment.handed-in', 'assignment.marked', 'audit.exported',
  'certificate.issued', 'cohort.assignment-undone', 'cohort.changed', 'cohort.created', 'cohort.due-extended',
  'cohort.people-assigned', 'cohort.people-withdrawn', 'cohort.progress-exported', 'course.published',
  'coverage.drift-corrected', 'coverage.people-exported', 'coverage.people-viewed', 'headcount.declared',
  'learning.recognised', 'learning.recognised-many', 'person.added', 'person.edited', 'post.began', 'post.changed',
  'post.ended', 'post.leave-ended', 'post.leave-set', 'post.transferred', 'profile-report.settled',
  'profile.reported', 'programme.published', 'quiz-attempt.granted', 'roster-import.confirmed',
  'roster-import.decided', 'roster-import.previewed', 'roster.exported', 'target.published',
] as const;

/** Whom or what an entry is about. */
export const AUDIT_SUBJECTS = [
  'account', 'agency', 'agency-import', 'assignment-submission', 'certificate', 'cohort', 'course-run', 'course-version',
  'installation', 'person', 'post', 'profile-report', 'programme-version', 'roster-import', 'target',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEvent {
  action: AuditAction;
  subjectKind: (typeof AUDIT_SUBJECTS)[number];
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
