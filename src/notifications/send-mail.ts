import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config, type Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { first, rows, type Tx } from '../platform/database/sql.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Metrics } from '../platform/metrics.js';
import { text } from '../platform/texts.js';
import { PostOffice } from './post-office.js';

interface WaitingLetter {
  id: number;
  recipient: string;
  language: Language;
  kind: string;
  params: Record<string, unknown>;
}

const BATCH = 100;
/** A letter older than this is no news any more: a one-time code has run out, a reminder is past. */
const GIVE_UP_AFTER_DAYS = 3;

/** Carries letters out, one transaction each: the row is held while the letter leaves, so no two processes send it. */
@Injectable()
export class SendMail implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly postOffice: PostOffice,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-mail', (payload) => this.one(Number(payload.id)));
    this.jobs.handle('send-waiting-mail', () => this.waiting(), '*/5 * * * *');
  }

  async one(id: number): Promise<void> {
    if (!this.postOffice.open) return;
    await this.database.inTransaction(async (tx) => {
      const letter = await first<WaitingLetter>(tx,
        `SELECT id, recipient, language, kind, params FROM mail
          WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL FOR UPDATE SKIP LOCKED`, [id]);
      if (letter) await this.carry(tx, letter);
    });
  }

  async waiting(): Promise<void> {
    const now = this.clock.now();
    const tooOld = new Date(now.getTime() - GIVE_UP_AFTER_DAYS * 86_400_000);
    const given = await rows(this.database.reader,
      `UPDATE mail SET failed_at = $1, params = '{}' WHERE sent_at IS NULL AND failed_at IS NULL AND created_at < $2 RETURNING id`,
      [now, tooOld]);
    given.forEach(() => this.metrics.count('mail-given-up'));
    if (!this.postOffice.open) return;
    const ids = await rows<{ id: number }>(this.database.reader,
      'SELECT id FROM mail WHERE sent_at IS NULL AND failed_at IS NULL ORDER BY id LIMIT $1', [BATCH]);
    // One by one on purpose: each letter is its own transaction, so that one bad address holds up nobody.
    for (const { id } of ids) await this.one(id).catch(() => this.metrics.count('mail-refused'));
    if (ids.length === BATCH) await this.jobs.enqueue(this.database.reader, 'send-waiting-mail', {}, 'send-waiting-mail:more');
  }

  private async carry(tx: Tx, letter: WaitingLetter): Promise<void> {
    const params = { ...letter.params, url: this.config.publicUrl };
    const subject = text(letter.language, `notifications.mail.${letter.kind}.subject`, params);
    const body = text(letter.language, `notifications.mail.${letter.kind}.body`, params);
    const foot = text(letter.language, 'notifications.mail.foot', params);
    await this.postOffice.send(letter.recipient, subject, `${body}\n\n${foot}\n`);
    await tx.query(`UPDATE mail SET sent_at = $2, params = '{}' WHERE id = $1`, [letter.id, this.clock.now()]);
    this.metrics.count('mail-sent');
  }
}
