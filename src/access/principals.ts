import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { first } from '../platform/database/sql.js';
import { Installation } from '../platform/installation.js';
import { SECOND_FACTOR_ROLES, type Grant } from '../rules/scope.js';

interface Row {
  personId: number;
  username: string;
  name: string;
  language: Language;
  noticeAcceptedAt: Date | null;
  totpConfirmedAt: Date | null;
  secondFactorAt: Date | null;
  grants: Grant[];
}

/** Whoever a session belongs to, as of now: one indexed query at every request, nothing remembered in between. */
@Injectable()
export class Principals {
  constructor(private readonly database: Database, private readonly installation: Installation) {}

  /** null when the session has ended or the account is disabled. */
  async find(sessionId: string, accountId: number, now: Date): Promise<Principal | null> {
    const row = await first<Row>(this.database.reader,
      `SELECT a.person_id AS "personId", a.username, p.full_name AS name, a.language,
              a.notice_accepted_at AS "noticeAcceptedAt", a.totp_confirmed_at AS "totpConfirmedAt",
              s.second_factor_at AS "secondFactorAt",
              coalesce((SELECT json_agg(json_build_object('role', g.role, 'agencyId', g.agency_id) ORDER BY g.id)
                          FROM role_grant g WHERE g.account_id = a.id AND g.revoked_at IS NULL), '[]') AS grants
         FROM sign_in_session s
         JOIN account a ON a.id = s.account_id
         JOIN person p ON p.id = a.person_id
        WHERE s.id = $1 AND s.account_id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND a.disabled_at IS NULL`,
      [sessionId, accountId, now]);
    if (!row) return null;
    return {
      accountId, personId: row.personId, sessionId, username: row.username, name: row.name, language: row.language,
      grants: row.grants,
      needsNotice: row.noticeAcceptedAt === null,
      needsSecondFactor: row.secondFactorAt === null
        && (row.totpConfirmedAt !== null || await this.needsSecondFactor(row.grants)),
    };
  }

  /** Roles that reach the whole country need more than a password, except where everything is invented. */
  async needsSecondFactor(grants: readonly Grant[]): Promise<boolean> {
    return grants.some((grant) => SECOND_FACTOR_ROLES.includes(grant.role)) && !await this.installation.isTrial();
  }
}
