import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { first, one } from '../platform/database/sql.js';

/** "This is wrong about me": goes to the coordinators of the agencies where the person holds a post. */
@Injectable()
export class ReportProfile {
  constructor(private readonly database: Database, private readonly clock: Clock, private readonly audit: AuditTrail) {}

  /** The same words sent twice while the first are still open are one report. */
  async run(personId: number, message: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx.query('SELECT 1 FROM person WHERE id = $1 FOR UPDATE', [personId]);
      const open = await first(
        tx,
        'SELECT 1 FROM profile_report WHERE person_id = $1 AND message = $2 AND settled_at IS NULL',
        [personId, message],
      );
      if (open) return;
      const { id } = await one<{ id: number }>(
        tx,
        'INSERT INTO profile_report (person_id, message, reported_at) VALUES ($1, $2, $3) RETURNING id',
        [personId, message, this.clock.now()],
      );
      await this.audit.record(tx, {
        action: 'profile.reported',
        subjectKind: 'profile-report',
        subjectId: id,
        details: { personId },
      });
    });
  }
}
