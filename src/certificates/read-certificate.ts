import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import type { Principal } from '../platform/access/principal.js';
import { certificateState, readVerifyCode, type CertificateState } from '../rules/certification.js';
import { scopeRoots } from '../rules/scope.js';
import { CertificatesRepository, type Certificate } from './certificates.repository.js';
import { drawCertificate } from './pdf/draw-certificate.js';

export interface CheckedCertificate extends Certificate {
  state: CertificateState;
  /** The public address of its check, as in the QR code. */
  verifyUrl: string;
}

/** Reading certificates: one's own, those of the people one answers for, and anyone's by its verification code. */
@Injectable()
export class ReadCertificate {
  constructor(
    private readonly database: Database,
    private readonly certificates: CertificatesRepository,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async mine(principal: Principal): Promise<CheckedCertificate[]> {
    const found = await this.certificates.ofPerson(this.database.reader, principal.personId);
    return found.map((certificate) => this.checked(certificate));
  }

  /** @throws Refusal 404 when there is none, or it is none of this person's business */
  async byNumber(principal: Principal, number: string): Promise<CheckedCertificate> {
    const tx = this.database.reader;
    const certificate = await this.certificates.byNumber(tx, number);
    if (!certificate) throw notFound('certificate-not-found');
    const roots = scopeRoots(principal.grants, 'certificates.read');
    const entitled = certificate.personId === principal.personId
      || (roots.length > 0 && await this.certificates.holdsPostUnder(tx, certificate.personId, roots, this.clock.today()));
    if (!entitled) throw notFound('certificate-not-found');
    return this.checked(certificate);
  }

  /** null when no certificate carries the code, or it is no code at all. */
  async byVerifyCode(typed: string): Promise<CheckedCertificate | null> {
    const code = readVerifyCode(typed);
    const certificate = code ? await this.certificates.byVerifyCode(this.database.reader, code) : null;
    return certificate ? this.checked(certificate) : null;
  }

  pdf(certificate: CheckedCertificate): Promise<Buffer> {
    return drawCertificate(certificate, certificate.verifyUrl);
  }

  private checked(certificate: Certificate): CheckedCertificate {
    const state = certificateState({
      revoked: certificate.revokedAt !== null, superseded: certificate.supersededByNumber !== null, validTo: certificate.validTo,
    }, this.clock.today());
    return { ...certificate, state, verifyUrl: `${this.config.publicUrl}/verify/${certificate.verifyCode}` };
  }
}
