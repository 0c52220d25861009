import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';

export interface Message {
  id: number;
  kind: string;
  params: Record<string, unknown>;
  createdAt: Date;
}

const SHOWN = 5;

/** Messages not put aside yet, newest first. */
@Injectable()
export class ReadMessages {
  unread(tx: Tx, accountId: number): Promise<Message[]> {
    return rows(tx,
      `SELECT id, kind, params, created_at AS "createdAt" FROM message
        WHERE account_id = $1 AND read_at IS NULL ORDER BY id DESC LIMIT ${SHOWN}`, [accountId]);
  }

  /** Puts aside all that were shown up to one of them. */
  async putAside(tx: Tx, accountId: number, upTo: number, at: Date): Promise<void> {
    await tx.query('UPDATE message SET read_at = $3 WHERE account_id = $1 AND id <= $2 AND read_at IS NULL', [accountId, upTo, at]);
  }
}
