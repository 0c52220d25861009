import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { badField } from '../platform/errors.js';
import { DAYS_WITH_ROLES } from '../rules/sessions.js';
import { grantRoots, mayGrant, type Role } from '../rules/scope.js';
import { GrantsRepository, type NewGrant } from './grants.repository.js';
import { ManagedAccounts } from './managed-accounts.js';
import { PeopleInScopeRepository } from './people-in-scope.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Gives an account a role over an agency and everything below it. */
@Injectable()
export class GrantRole {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantsRepository,
    private readonly sessions: SessionsRepository,
    private readonly people: PeopleInScopeRepository,
    private readonly managed: ManagedAccounts,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Without asking who may: for the commands of the operator and for trial data. The same twice is one grant. */
  async run(tx: Tx, grant: NewGrant): Promise<void> {
    const id = await this.grants.add(tx, grant);
    if (id === null) return;
    await this.sessions.shorten(tx, grant.accountId, DAYS_WITH_ROLES);
    await this.audit.record(tx, {
      action: 'access.role-granted', subjectKind: 'account', subjectId: grant.accountId, agencyId: grant.agencyId,
      actorAccountId: grant.by, details: { role: grant.role, grantId: id },
    });
  }

  /**
   * By somebody who manages the account: only roles they may hand out, only over their own part of the tree.
   * @throws Refusal 404, `role-not-yours`, `agency-out-of-reach` or what stands in the way of managing the account
   */
  async byManager(me: Principal, accountId: number, asked: { role: Role; agencyCode: string }, now: Date): Promise<void> {
    const { role, agencyCode } = asked;
    await this.database.inTransaction(async (tx) => {
      await this.managed.mustManage(tx, me, accountId);
      if (grantRoots(me.grants, role).length === 0) throw badField('role', 'role-not-yours');
      const agency = await this.people.agencyByCode(tx, agencyCode, this.clock.today());
      // An agency elsewhere is answered like one that does not exist.
      if (!agency || !mayGrant(me.grants, role, agency.within)) throw badField('agency', 'agency-out-of-reach', { code: agencyCode });
      await this.run(tx, { accountId, role, agencyId: agency.id, by: me.accountId, now });
    });
  }
}
