import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { addDays, civilDateOf, endOfDay } from '../rules/civil-date.js';
import { codeFrom } from '../rules/one-time-codes.js';
import { AccessKeys } from './access-keys.js';
import { CodesRepository, type CodePurpose } from './codes.repository.js';

/** Printed codes travel through offices: they are good until a day has passed that is printed beside them. */
const ACTIVATION_DAYS = 14;
/** Mailed ones are asked for by somebody who sits waiting. */
export const RESET_MINUTES = 60;

function expiryOf(purpose: CodePurpose, now: Date): Date {
  return purpose === 'activation'
    ? endOfDay(addDays(civilDateOf(now), ACTIVATION_DAYS))
    : new Date(now.getTime() + RESET_MINUTES * 60_000);
}

export interface IssuedCode {
  accountId: number;
  code: string;
  expiresAt: Date;
}

/** Makes one-time codes for accounts. They can be read here and now only: what is stored is a hash. */
@Injectable()
export class IssueCodes {
  constructor(
    private readonly codes: CodesRepository,
    private readonly keys: AccessKeys,
    private readonly audit: AuditTrail,
  ) {}

  async run(tx: Tx, purpose: CodePurpose, accountIds: number[], by: number | null, now: Date): Promise<IssuedCode[]> {
    if (accountIds.length === 0) return [];
    const expiresAt = expiryOf(purpose, now);
    const issued = accountIds.map((accountId) => ({ accountId, code: codeFrom(randomBytes(10)), expiresAt }));
    await this.codes.add(tx, purpose, issued.map(({ accountId, code }) => ({
      accountId, codeHash: this.keys.hashOfCode(accountId, code),
    })), { by, now, expiresAt });
    await this.audit.recordMany(tx, accountIds.map((accountId) => ({
      action: 'access.code-issued', subjectKind: 'account', subjectId: accountId, actorAccountId: by, details: { purpose },
    })));
    return issued;
  }
}
