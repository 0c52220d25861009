import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail, type AuditAction } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import { endOfDay } from '../rules/civil-date.js';
import { periodsHeld, type Figure } from '../rules/coverage.js';
import { scopeRoots } from '../rules/scope.js';
import { AskCoverage, questionOf, type Understood } from './ask-coverage.js';
import type { PeopleQuery, PeopleState } from './coverage.forms.js';
import { CoverageFigures } from './coverage-figures.js';
import { CoveredPeopleRepository, type CountedPerson, type PlaceInList } from './people.repository.js';
import { knownBefore, ProofsRepository, standing } from './proofs.repository.js';

const PAGE = 50;
const EXPORT_BATCH = 2_000;

export interface CoveredPerson extends CountedPerson {
  /** What they hold of each criterion on the day, in periods. */
  criteria: { id: string; held: number; minimum: number }[];
}

export interface PeoplePage {
  understood: Understood;
  state: PeopleState;
  total: Figure;
  items: CoveredPerson[];
  next: string | null;
}

/**
 * Who stands behind a figure, by name, for those who may read the roster there. Learning is sensitive personal data
 * (Law 91/2025/QH15), so every look and every export is recorded.
 */
@Injectable()
export class ListCoveredPeople {
  constructor(
    private readonly database: Database,
    private readonly ask: AskCoverage,
    private readonly figures: CoverageFigures,
    private readonly people: CoveredPeopleRepository,
    private readonly proofs: ProofsRepository,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async page(principal: Principal, query: PeopleQuery): Promise<PeoplePage> {
    const state = query.state ?? 'not-trained';
    const [sortName, id] = readCursor<[string, number]>(query.cursor, 'sn') ?? [];
    const after = sortName === undefined || id === undefined ? null : { sortName, id };
    const page = await this.database.inSnapshot(async (tx) => {
      const understood = await this.understand(tx, principal, query);
      const { total } = await this.figures.run(tx, questionOf(understood));
      const found = await this.people.list(tx, understood, state, this.clock.today(), after, PAGE + 1);
      const items = await this.withCriteria(tx, understood, found.slice(0, PAGE));
      const last = items.at(-1);
      return { understood, state, total, items, next: found.length > PAGE && last ? writeCursor([last.sortName, last.id]) : null };
    });
    await this.record('coverage.people-viewed', page.understood, state);
    return page;
  }

  /** Everybody, read in pieces while the file is written. */
  async export(principal: Principal, query: PeopleQuery): Promise<{ understood: Understood; people: AsyncGenerator<CoveredPerson> }> {
    const state = query.state ?? 'not-trained';
    const understood = await this.understand(this.database.reader, principal, query);
    await this.record('coverage.people-exported', understood, state);
    return { understood, people: this.everybody(understood, state) };
  }

  private async *everybody(understood: Understood, state: PeopleState): AsyncGenerator<CoveredPerson> {
    const today = this.clock.today();
    for (let after: PlaceInList | null = null; ;) {
      const tx = this.database.reader;
      const found: CountedPerson[] = await this.people.list(tx, understood, state, today, after, EXPORT_BATCH);
      yield* await this.withCriteria(tx, understood, found);
      if (found.length < EXPORT_BATCH) return;
      after = found.at(-1) ?? null;
    }
  }

  private understand(tx: Tx, principal: Principal, query: PeopleQuery): Promise<Understood> {
    return this.ask.understand(tx, scopeRoots(principal.grants, 'roster.read'), query, 'people');
  }

  private async withCriteria(tx: Tx, { target, moment }: Understood, found: CountedPerson[]): Promise<CoveredPerson[]> {
    const evidence = await this.proofs.ofPeople(tx, found.map((person) => person.id));
    return found.map((person) => {
      const all = evidence.get(person.id) ?? [];
      const known = moment.current ? standing(all) : knownBefore(all, endOfDay(moment.knownAs).getTime());
      return {
        ...person,
        criteria: target.criteria.map(({ id, minimum }) => ({ id, minimum, held: periodsHeld(known, id, moment.asOf) })),
      };
    });
  }

  private async record(action: AuditAction, { target, moment, subject, group }: Understood, state: PeopleState): Promise<void> {
    await this.audit.record(this.database.reader, {
      action, subjectKind: 'target', subjectId: target.target, agencyId: subject.agency?.id ?? null,
      details: { state, group: group ?? null, asOf: moment.asOf, knownAs: moment.knownAs, agencies: subject.roots },
    });
  }
}
