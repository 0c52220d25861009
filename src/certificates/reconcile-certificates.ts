import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { CertificatesRepository } from './certificates.repository.js';
import { IssueCertificate } from './issue-certificate.js';

const BATCH = 500;

/**
 * Looks for completions without their certificate and issues what is missing, dated as earned. It must always find
 * none; when it finds one, something was wrong and the operator learns of it.
 */
@Injectable()
export class ReconcileCertificates {
  constructor(
    private readonly database: Database,
    private readonly certificates: CertificatesRepository,
    private readonly issue: IssueCertificate,
  ) {}

  /** @returns how many certificates were missing */
  async run(): Promise<number> {
    for (let found = 0; ;) {
      const issued = await this.database.inTransaction(async (tx) => {
        const missing = await this.certificates.withoutCertificate(tx, BATCH);
        for (const earned of missing) await this.issue.run(tx, earned);
        return missing.length;
      });
      found += issued;
      if (issued < BATCH) return found;
    }
  }
}
