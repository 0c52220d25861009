import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { GrantsRepository } from './grants.repository.js';
import { ManagedAccounts } from './managed-accounts.js';

/** Takes a role away. Whoever manages the account may hand out every role it holds, so may take each away too. */
@Injectable()
export class RevokeRole {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantsRepository,
    private readonly managed: ManagedAccounts,
    private readonly audit: AuditTrail,
  ) {}

  async run(me: Principal, accountId: number, grantId: number, now: Date): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.managed.mustManage(tx, me, accountId);
      const grant = await this.grants.find(tx, grantId, accountId);
      if (!grant) throw notFound();
      if (!await this.grants.revoke(tx, grantId, me.accountId, now)) return;
      await this.audit.record(tx, {
        action: 'access.role-revoked', subjectKind: 'account', subjectId: accountId, agencyId: grant.agencyId,
        details: { role: grant.role, grantId },
      });
    });
  }
}
