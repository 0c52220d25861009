import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { AuditTrail } from '../platform/audit.js';
import type { Principal } from '../platform/access/principal.js';
import type { Tx } from '../platform/database/sql.js';
import { badField, conflict } from '../platform/errors.js';
import { isAssignable, Programmes, type ProgrammeVersion } from '../programmes/index.js';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { AssignPeople, type Members } from './assign-people.js';
import { CohortsRepository } from './cohorts.repository.js';

/** Whoever does it: the account for the record, the grants for its reach. */
export type Who = Pick<Principal, 'accountId' | 'grants'>;

export interface CohortWish {
  /** Slug or code of the programme; the newest version of today is taken. */
  programme: string;
  /** Code of the agency, on the day. */
  agency: string;
  title: string;
  opens: CivilDate;
  due: CivilDate;
  members?: Members;
  /** The same key of the same account makes one class, however often it is sent. */
  requestKey?: string;
}

/** Opens a class and, where it says so, gives it to people in the same transaction. */
@Injectable()
export class CreateCohort {
  constructor(
    private readonly agencies: Agencies,
    private readonly programmes: Programmes,
    private readonly cohorts: CohortsRepository,
    private readonly assign: AssignPeople,
    private readonly audit: AuditTrail,
  ) {}

  async run(tx: Tx, who: Who, wish: CohortWish, now: Date): Promise<{ id: number; assigned: number }> {
    const today = civilDateOf(now);
    const requestKey = wish.requestKey ? `${who.accountId}:${wish.requestKey}` : null;
    const agency = await this.agencies.findByCode(tx, wish.agency, today);
    const roots = scopeRoots(who.grants, 'cohorts.manage');
    // An agency of others and one that does not exist are the same answer.
    if (!agency || !(await this.agencies.inScope(tx, agency.id, roots, today))) throw badField('agency', 'agency-not-in-scope');
    const programme = await this.assignable(tx, wish.programme);
    if (wish.due < wish.opens) throw badField('due', 'due-before-opens');

    const id = await this.cohorts.insert(tx, {
      programmeVersionId: programme.id, agencyId: agency.id, title: wish.title, opens: wish.opens, due: wish.due, requestKey,
      createdBy: who.accountId, createdAt: now,
    });
    if (id === null) return this.madeBefore(tx, requestKey ?? '', wish, agency.id, programme);
    // Asked only of a new class: the same form sent again when its day is over still finds the class that it made.
    if (wish.due < today) throw badField('due', 'due-in-past');
    await this.audit.record(tx, {
      action: 'cohort.created', subjectKind: 'cohort', subjectId: id, agencyId: agency.id,
      details: { programme: programme.code, version: programme.number, opens: wish.opens, due: wish.due },
    });
    const assigned = wish.members ? (await this.assign.run(tx, who, id, wish.members, now)).length : 0;
    return { id, assigned };
  }

  private async assignable(tx: Tx, named: string): Promise<ProgrammeVersion> {
    const programme = (await this.programmes.bySlug(tx, named)) ?? (await this.programmes.byCode(tx, named));
    if (!programme) throw badField('programme', 'programme-not-found');
    if (!isAssignable(programme)) throw badField('programme', 'programme-not-assignable');
    return programme;
  }

  private async madeBefore(tx: Tx, requestKey: string, wish: CohortWish, agencyId: number, programme: ProgrammeVersion) {
    const made = await this.cohorts.byRequestKey(tx, requestKey);
    const same = made.agencyId === agencyId && made.title === wish.title && made.due === wish.due && made.opens === wish.opens
      && (await this.programmes.version(tx, made.programmeVersionId)).programmeId === programme.programmeId;
    if (!same) throw conflict('request-key-reused');
    return { id: made.id, assigned: made.assigned };
  }
}
