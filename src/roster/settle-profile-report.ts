import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { first } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { answersForPerson } from './scope.js';

/** A coordinator has looked into a report and answers it. The answer stands on the person's profile. */
@Injectable()
export class SettleProfileReport {
  constructor(private readonly database: Database, private readonly clock: Clock, private readonly audit: AuditTrail) {}

  async run(reportId: number, answer: string, roots: readonly number[], by: number): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const report = await first<{ personId: number; settledAt: Date | null }>(
        tx,
        'SELECT person_id AS "personId", settled_at AS "settledAt" FROM profile_report WHERE id = $1 FOR UPDATE',
        [reportId],
      );
      if (!report) throw notFound();
      if (!await answersForPerson(tx, report.personId, roots, this.clock.today())) throw notFound();
      if (report.settledAt) return;
      await tx.query('UPDATE profile_report SET settled_at = $2, settled_by = $3, answer = $4 WHERE id = $1', [
        reportId,
        this.clock.now(),
        by,
        answer,
      ]);
      await this.audit.record(tx, {
        action: 'profile-report.settled',
        subjectKind: 'profile-report',
        subjectId: reportId,
        details: { personId: report.personId },
      });
    });
  }
}
