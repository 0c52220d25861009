import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { AccountsRepository } from './accounts.repository.js';

/** Raised whenever the notice says something new, so that the trail tells which words were read. */
export const NOTICE_VERSION = 1;

/** Records that somebody has read what is kept about them and why (Law 91/2025/QH15 on personal data protection). */
@Injectable()
export class AcceptNotice {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly audit: AuditTrail,
  ) {}

  async run(me: Principal, now: Date): Promise<void> {
    if (!me.needsNotice) return;
    await this.database.inTransaction((tx) => this.record(tx, me.accountId, now));
  }

  /** Without anybody reading it: for the accounts of trial data, behind which there is no person. */
  async record(tx: Tx, accountId: number, now: Date): Promise<void> {
    await this.accounts.acceptNotice(tx, accountId, now);
    await this.audit.record(tx, {
      action: 'access.notice-accepted', subjectKind: 'account', subjectId: accountId, details: { version: NOTICE_VERSION },
    });
  }
}
