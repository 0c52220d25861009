import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Agencies } from '../agencies/index.js';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { scopeRoots } from '../rules/scope.js';
import type { RosterQuery } from './roster-list.js';
import type { rosterFilter } from './roster.forms.js';

export type RosterFilter = z.output<typeof rosterFilter>;

/** What was asked for, within what the asker may see. */
@Injectable()
export class RosterQueries {
  constructor(
    private readonly agencies: Agencies,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 404 for an agency that is not there that day or not in one's part of the tree */
  async resolve({ agency: code, asOf, group, q }: RosterFilter, me: Principal): Promise<RosterQuery> {
    const on = asOf ?? this.clock.today();
    const roots = scopeRoots(me.grants, 'roster.read');
    if (code === undefined) return { on, roots, group, q };
    const agency = await this.agencies.findByCode(this.database.reader, code, on);
    if (!agency || !(await this.agencies.inScope(this.database.reader, agency.id, roots, on)))
      throw notFound('agency-unknown', { code });
    return { on, roots, agencyId: agency.id, group, q };
  }
}
