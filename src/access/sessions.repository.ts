import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import { IDLE_SECONDS, secondsBefore, type SessionState } from '../rules/sessions.js';

export interface NewSession {
  id: string;
  accountId: number;
  begun: Date;
  expiresAt: Date;
  secondFactorAt: Date | null;
  device: string;
}

export interface SessionRow extends SessionState {
  id: string;
  accountId: number;
}

export interface OpenSessionRow {
  id: string;
  device: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Why a session ended before its time. */
export type EndReason = 'signed-out' | 'signed-out-everywhere' | 'replaced' | 'password-changed' | 'disabled' | 'ended-by-manager'
  | 'token-reuse' | 'second-factor-reset';

const LIVE = 'revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3';

@Injectable()
export class SessionsRepository {
  async add(tx: Tx, session: NewSession): Promise<void> {
    await tx.query(
      `INSERT INTO sign_in_session (id, account_id, rotated_at, created_at, last_seen_at, expires_at, second_factor_at, device)
       VALUES ($1, $2, $3, $3, $3, $4, $5, $6)`,
      [session.id, session.accountId, session.begun, session.expiresAt, session.secondFactorAt, session.device]);
  }

  /**
   * Moves a session on to the next generation, if it is still at this one and may go on: one statement, so of two that
   * present the same token at once exactly one moves it.
   */
  async rotate(tx: Tx, id: string, generation: number, now: Date): Promise<{ accountId: number; generation: number } | null> {
    return first(tx,
      `UPDATE sign_in_session s SET generation = s.generation + 1, rotated_at = $3, last_seen_at = $3
         FROM account a
        WHERE s.id = $1 AND s.generation = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND s.last_seen_at > $4
          AND a.id = s.account_id AND a.disabled_at IS NULL
      RETURNING s.account_id AS "accountId", s.generation`,
      [id, generation, now, secondsBefore(now, IDLE_SECONDS)]);
  }

  async find(tx: Tx, id: string): Promise<SessionRow | null> {
    return first(tx,
      `SELECT s.id, s.account_id AS "accountId", s.generation, s.rotated_at AS "rotatedAt", s.last_seen_at AS "lastSeenAt",
              s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt", a.disabled_at IS NOT NULL AS "accountDisabled"
         FROM sign_in_session s JOIN account a ON a.id = s.account_id WHERE s.id = $1`, [id]);
  }

  /** Where an account is signed in, the last used first. */
  async live(tx: Tx, accountId: number, now: Date): Promise<OpenSessionRow[]> {
    return rows(tx,
      `SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM sign_in_session
        WHERE account_id = $1 AND ${LIVE} ORDER BY last_seen_at DESC, id LIMIT 50`,
      [accountId, now, secondsBefore(now, IDLE_SECONDS)]);
  }

  /** When an account was last used anywhere, as far back as sessions are kept. */
  async lastSeen(tx: Tx, accountId: number): Promise<Date | null> {
    const row = await first<{ at: Date | null }>(tx, 'SELECT max(last_seen_at) AS at FROM sign_in_session WHERE account_id = $1', [accountId]);
    return row?.at ?? null;
  }

  /** @returns how many ended: one, or none when it had ended or is another account's */
  async end(tx: Tx, id: string, accountId: number, reason: EndReason, now: Date): Promise<number> {
    const ended = await rows(tx,
      `UPDATE sign_in_session SET revoked_at = $3, revoked_because = $4
        WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id`, [id, accountId, now, reason]);
    return ended.length;
  }

  /** Ends every session of an account, but for one where it is named. @returns how many ended */
  async endAll(tx: Tx, accountId: number, reason: EndReason, now: Date, butFor: string | null = null): Promise<number> {
    const ended = await rows(tx,
      `UPDATE sign_in_session SET revoked_at = $2, revoked_because = $3
        WHERE account_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $4::uuid RETURNING id`,
      [accountId, now, reason, butFor]);
    return ended.length;
  }

  async secondFactorShown(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.query('UPDATE sign_in_session SET second_factor_at = $2 WHERE id = $1', [id, now]);
  }

  async secondFactorForgotten(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE sign_in_session SET second_factor_at = NULL WHERE id = $1', [id]);
  }

  /** Brings the end of an account's sessions forward: somebody who was given a role no longer stays for a month. */
  async shorten(tx: Tx, accountId: number, days: number): Promise<void> {
    await tx.query(
      `UPDATE sign_in_session SET expires_at = least(expires_at, created_at + make_interval(days => $2))
        WHERE account_id = $1 AND revoked_at IS NULL`, [accountId, days]);
  }
}
