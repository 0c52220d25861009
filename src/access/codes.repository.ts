import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';

export type CodePurpose = 'activation' | 'password-reset';

export interface NewCode {
  accountId: number;
  codeHash: string;
}

@Injectable()
export class CodesRepository {
  /** Adds codes and withdraws the accounts' earlier ones of the same purpose: one code is good at a time. */
  async add(tx: Tx, purpose: CodePurpose, codes: NewCode[], options: { by: number | null; now: Date; expiresAt: Date }): Promise<void> {
    const accountIds = codes.map((code) => code.accountId);
    await tx.query(
      `UPDATE one_time_code SET withdrawn_at = $3
        WHERE account_id = ANY($1) AND purpose = $2 AND used_at IS NULL AND withdrawn_at IS NULL`,
      [accountIds, purpose, options.now]);
    await tx.query(
      `INSERT INTO one_time_code (account_id, purpose, code_hash, created_by, created_at, expires_at)
       SELECT account_id, $3, code_hash, $4, $5, $6 FROM unnest($1::bigint[], $2::text[]) AS given (account_id, code_hash)`,
      [accountIds, codes.map((code) => code.codeHash), purpose, options.by, options.now, options.expiresAt]);
  }

  /** Uses a code up: one statement, so of two who use it at once one has it. @returns what it was for, or null */
  async use(tx: Tx, accountId: number, codeHash: string, now: Date): Promise<CodePurpose | null> {
    const used = await first<{ purpose: CodePurpose }>(tx,
      `UPDATE one_time_code SET used_at = $3
        WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3
       RETURNING purpose`, [accountId, codeHash, now]);
    return used?.purpose ?? null;
  }

  /** Withdraws whatever is left: the password is settled, or the account is closed. */
  async withdrawAll(tx: Tx, accountId: number, now: Date): Promise<number> {
    const withdrawn = await rows(tx,
      `UPDATE one_time_code SET withdrawn_at = $2 WHERE account_id = $1 AND used_at IS NULL AND withdrawn_at IS NULL
       RETURNING id`, [accountId, now]);
    return withdrawn.length;
  }
}
