import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { Facts } from '../platform/facts.js';
import { Installation } from '../platform/installation.js';
import { Metrics } from '../platform/metrics.js';
import { certificateNumber, verifyCode } from '../rules/certification.js';
import { civilDateOf } from '../rules/civil-date.js';
import { proofPeriod } from '../rules/coverage.js';
import type { CertificateFacts } from './certificate-facts.js';
import { CertificatesRepository } from './certificates.repository.js';

export type Earned = { kind: 'course' | 'programme'; completionId: number; at: Date };

/**
 * Issues the certificate that a completion has earned, in the transaction that records the completion. Unique per
 * completion: asked again, it does nothing. The facts are frozen here and never read from elsewhere again.
 */
@Injectable()
export class IssueCertificate {
  constructor(
    private readonly certificates: CertificatesRepository,
    private readonly installation: Installation,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
    private readonly metrics: Metrics,
  ) {}

  /** @returns whether a certificate was issued now */
  async run(tx: Tx, earned: Earned): Promise<boolean> {
    const learned = earned.kind === 'course'
      ? await this.certificates.courseLearned(tx, earned.completionId)
      : await this.certificates.programmeLearned(tx, earned.completionId);
    if (!learned) throw new Error(`There is no ${earned.kind} completion ${earned.completionId}.`);
    if (!learned.certified) return false;
    const post = await this.certificates.postOn(tx, learned.personId, learned.to);
    const { personId, validityMonths, proofs, courses, certified: _certified, ...rest } = learned;
    const facts: CertificateFacts = {
      kind: earned.kind, ...rest, position: post?.position ?? null, agency: post?.agency ?? null,
      proofs: proofs ?? [], courses: courses ?? [],
    };

    const issuedOn = civilDateOf(earned.at);
    const number = certificateNumber(Number(issuedOn.slice(0, 4)), await this.certificates.nextRunningNumber(tx));
    const [issued] = await rows<{ id: number }>(tx,
      `INSERT INTO certificate (number, verify_code, person_id, course_completion_id, programme_completion_id, facts, issued_on,
         issued_at, valid_to, trial)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
      [number, verifyCode(randomBytes(12)), personId, earned.kind === 'course' ? earned.completionId : null,
        earned.kind === 'programme' ? earned.completionId : null, facts, issuedOn, earned.at,
        proofPeriod(learned.to, validityMonths).to, await this.installation.isTrial(tx)]);
    if (!issued) return false;
    await this.audit.record(tx, { action: 'certificate.issued', subjectKind: 'certificate', subjectId: issued.id });
    await this.facts.publish(tx, 'certificate-issued', { certificateId: issued.id, number, personId, at: earned.at });
    this.metrics.count('certificate-issued');
    return true;
  }
}
