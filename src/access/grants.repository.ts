import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { Role } from '../rules/scope.js';

export interface NewGrant {
  accountId: number;
  role: Role;
  agencyId: number;
  by: number | null;
  now: Date;
}

@Injectable()
export class GrantsRepository {
  /** @returns the new grant, or null when the account holds this very role already */
  async add(tx: Tx, grant: NewGrant): Promise<number | null> {
    const added = await first<{ id: number }>(tx,
      `INSERT INTO role_grant (account_id, role, agency_id, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (account_id, role, agency_id) WHERE revoked_at IS NULL DO NOTHING RETURNING id`,
      [grant.accountId, grant.role, grant.agencyId, grant.now, grant.by]);
    return added?.id ?? null;
  }

  /** A grant that still holds. */
  async find(tx: Tx, id: number, accountId: number): Promise<{ role: Role; agencyId: number } | null> {
    return first(tx,
      'SELECT role, agency_id AS "agencyId" FROM role_grant WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL', [id, accountId]);
  }

  /** @returns whether it held until now */
  async revoke(tx: Tx, id: number, by: number | null, now: Date): Promise<boolean> {
    const revoked = await rows(tx,
      'UPDATE role_grant SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL RETURNING id', [id, now, by]);
    return revoked.length > 0;
  }
}
