import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../platform/access/principal.js';
import { Database } from '../platform/database/database.js';
import { one } from '../platform/database/sql.js';
import { Installation } from '../platform/installation.js';
import type { CivilDate } from '../rules/civil-date.js';
import { permissionsOf } from '../rules/scope.js';

const agency = z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string() }) });

export const meSchema = z.object({
  person: z.object({ id: z.number(), name: z.string() }),
  account: z.object({ id: z.number(), username: z.string() }),
  language: z.enum(['vi', 'en']),
  posts: z.array(z.object({ agency, title: z.string(), group: z.string(), onLeave: z.boolean() })),
  grants: z.array(z.object({ role: z.string(), agency })),
  permissions: z.array(z.string()),
  flags: z.object({ needsNotice: z.boolean(), needsSecondFactor: z.boolean(), trial: z.boolean() }),
});
type MeAnswer = z.infer<typeof meSchema>;

const AGENCY = (id: string) => `(SELECT json_build_object('code', v.code, 'name', json_build_object('vi', v.name_vi, 'en', v.name_en))
  FROM agency_version v WHERE v.agency_id = ${id} AND v.superseded_at = 'infinity' AND v.valid_from <= $2
  ORDER BY v.valid_from DESC LIMIT 1)`;

/** The signed-in person as a program asks for them. */
@Injectable()
export class DescribeMe {
  constructor(private readonly database: Database, private readonly installation: Installation) {}

  async run(me: Principal, on: CivilDate): Promise<MeAnswer> {
    const { posts, grants } = await one<Pick<MeAnswer, 'posts' | 'grants'>>(this.database.reader,
      `SELECT coalesce((SELECT json_agg(json_build_object('agency', ${AGENCY('o.agency_id')}, 'title', o.position_title,
                       'group', o.target_group, 'onLeave', o.on_leave) ORDER BY o.valid_from, o.version_id)
                FROM post o WHERE o.person_id = $1 AND o.superseded_at = 'infinity' AND o.valid_from <= $2 AND $2 < o.valid_to),
              '[]') AS posts,
              coalesce((SELECT json_agg(json_build_object('role', g.role, 'agency', ${AGENCY('g.agency_id')}) ORDER BY g.id)
                FROM role_grant g WHERE g.account_id = $3 AND g.revoked_at IS NULL), '[]') AS grants`,
      [me.personId, on, me.accountId]);
    return {
      person: { id: me.personId, name: me.name },
      account: { id: me.accountId, username: me.username },
      language: me.language, posts, grants,
      permissions: [...new Set(me.grants.flatMap((grant) => permissionsOf(grant.role)))].sort(),
      flags: { needsNotice: me.needsNotice, needsSecondFactor: me.needsSecondFactor, trial: await this.installation.isTrial() },
    };
  }
}
