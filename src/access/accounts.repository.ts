import { Injectable } from '@nestjs/common';
import type { Language } from '../platform/config.js';
import { first, one, rows, type Tx } from '../platform/database/sql.js';

export interface Account {
  id: number;
  personId: number;
  username: string;
  passwordHash: string | null;
  language: Language;
  totpSecret: string | null;
  totpConfirmedAt: Date | null;
  totpLastStep: number | null;
  noticeAcceptedAt: Date | null;
  disabledAt: Date | null;
  hasRoles: boolean;
}

export interface NewAccount {
  personId: number;
  username: string;
  passwordHash: string | null;
  createdBy: number | null;
  now: Date;
}

const ACCOUNT = `SELECT a.id, a.person_id AS "personId", a.username, a.password_hash AS "passwordHash", a.language,
    a.totp_secret AS "totpSecret", a.totp_confirmed_at AS "totpConfirmedAt", a.totp_last_step AS "totpLastStep",
    a.notice_accepted_at AS "noticeAcceptedAt", a.disabled_at AS "disabledAt",
    EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = a.id AND g.revoked_at IS NULL) AS "hasRoles"
  FROM account a`;

@Injectable()
export class AccountsRepository {
  async find(tx: Tx, id: number): Promise<Account | null> {
    return first(tx, `${ACCOUNT} WHERE a.id = $1`, [id]);
  }

  async findByUsername(tx: Tx, username: string): Promise<Account | null> {
    return first(tx, `${ACCOUNT} WHERE lower(a.username) = lower($1)`, [username]);
  }

  /** Waits for others who are changing the same account. */
  async lock(tx: Tx, id: number): Promise<void> {
    await tx.query('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [id]);
  }

  /** One at a time, so that proposed usernames stay free until they are taken. */
  async lockUsernames(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('lan-toa usernames'))`);
  }

  /** The usernames that are one of these, or one of these and a number. Lower case. */
  async usernamesLike(tx: Tx, bases: string[]): Promise<string[]> {
    const found = await rows<{ username: string }>(tx,
      `SELECT lower(username) AS username FROM account
        WHERE lower(username) = ANY($1) OR regexp_replace(lower(username), '[0-9]+$', '') = ANY($1)`, [bases]);
    return found.map((row) => row.username);
  }

  /** Adds accounts; people who have one already are passed over. @returns those added */
  async add(tx: Tx, accounts: NewAccount[]): Promise<{ id: number; personId: number; username: string }[]> {
    if (accounts.length === 0) return [];
    return rows(tx,
      `INSERT INTO account (person_id, username, password_hash, password_changed_at, created_by, created_at)
       SELECT person_id, username, password_hash, CASE WHEN password_hash IS NULL THEN NULL ELSE $5::timestamptz END, $4, $5
         FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS given (person_id, username, password_hash, place)
        ORDER BY place
       ON CONFLICT (person_id) DO NOTHING
       RETURNING id, person_id AS "personId", username`,
      [accounts.map((account) => account.personId), accounts.map((account) => account.username),
        accounts.map((account) => account.passwordHash), accounts[0]?.createdBy ?? null, accounts[0]?.now]);
  }

  async setPassword(tx: Tx, id: number, passwordHash: string, now: Date): Promise<void> {
    await tx.query('UPDATE account SET password_hash = $2, password_changed_at = $3 WHERE id = $1', [id, passwordHash, now]);
  }

  /** The same password under today's parameters; a password that was changed meanwhile stays. */
  async rehash(tx: Tx, id: number, old: string, passwordHash: string): Promise<void> {
    await tx.query('UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [id, old, passwordHash]);
  }

  async acceptNotice(tx: Tx, id: number, now: Date): Promise<void> {
    await tx.query('UPDATE account SET notice_accepted_at = $2 WHERE id = $1 AND notice_accepted_at IS NULL', [id, now]);
  }

  async setLanguage(tx: Tx, id: number, language: Language): Promise<void> {
    await tx.query('UPDATE account SET language = $2 WHERE id = $1', [id, language]);
  }

  /** @returns whether it was enabled before */
  async disable(tx: Tx, id: number, by: number | null, now: Date): Promise<boolean> {
    const changed = await rows(tx,
      'UPDATE account SET disabled_at = $2, disabled_by = $3 WHERE id = $1 AND disabled_at IS NULL RETURNING id', [id, now, by]);
    return changed.length > 0;
  }

  /** @returns whether it was disabled before */
  async enable(tx: Tx, id: number): Promise<boolean> {
    const changed = await rows(tx,
      'UPDATE account SET disabled_at = NULL, disabled_by = NULL WHERE id = $1 AND disabled_at IS NOT NULL RETURNING id', [id]);
    return changed.length > 0;
  }

  /** A secret that waits for its first code. */
  async beginSecondFactor(tx: Tx, id: number, sealedSecret: string): Promise<void> {
    await tx.query('UPDATE account SET totp_secret = $2, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = $1',
      [id, sealedSecret]);
  }

  async removeSecondFactor(tx: Tx, id: number): Promise<void> {
    await tx.query('UPDATE account SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = $1', [id]);
  }

  /** Takes a code of a time step, once: a step at or before the last one is refused. @returns whether it was taken */
  async takeStep(tx: Tx, id: number, step: number, now: Date): Promise<boolean> {
    const taken = await rows(tx,
      `UPDATE account SET totp_last_step = $2, totp_confirmed_at = coalesce(totp_confirmed_at, $3)
        WHERE id = $1 AND totp_secret IS NOT NULL AND (totp_last_step IS NULL OR totp_last_step < $2) RETURNING id`,
      [id, step, now]);
    return taken.length > 0;
  }

  /** Where letters to an account's person go. */
  async letterTo(tx: Tx, id: number): Promise<{ email: string | null; name: string }> {
    return one(tx, `SELECT p.email, p.full_name AS name FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`, [id]);
  }
}
