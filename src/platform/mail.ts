import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import type { Language } from './config.js';
import { rows, type Tx } from './database/sql.js';
import { Jobs } from './jobs/jobs.js';

export interface Letter {
  /** One address. Whoever has none gets no mail: the caller asks first. */
  recipient: string;
  language: Language;
  /** Which letter: its subject and body stand in the texts of notifications. */
  kind: string;
  /** What the letter says. Emptied once it is sent. */
  params: Record<string, unknown>;
  /** Makes the letter happen once, however often its cause is repeated. */
  onceKey: string;
}

/** Where letters are put, in the transaction that is their cause; the job `send-mail` carries them out after it. */
@Injectable()
export class Mailbox {
  constructor(private readonly jobs: Jobs, private readonly clock: Clock) {}

  /** @returns whether it is a new letter */
  async put(tx: Tx, letter: Letter): Promise<boolean> {
    const [row] = await rows<{ id: number }>(tx,
      `INSERT INTO mail (recipient, language, kind, params, once_key, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (once_key) DO NOTHING RETURNING id`,
      [letter.recipient, letter.language, letter.kind, letter.params, letter.onceKey, this.clock.now()]);
    if (!row) return false;
    await this.jobs.enqueue(tx, 'send-mail', { id: row.id }, `send-mail:${row.id}`);
    return true;
  }
}
