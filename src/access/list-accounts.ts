import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { refused } from '../platform/errors.js';
import { searchable } from '../rules/names.js';
import type { Role } from '../rules/scope.js';
import { ManagedAccounts, type Obstacle } from './managed-accounts.js';
import { PeopleInScopeRepository, type AccountState, type PersonInScope } from './people-in-scope.repository.js';

export interface AccountsPage {
  people: { person: PersonInScope; obstacle: Obstacle | null }[];
  next: string | null;
}

/** People of my part of the tree and their accounts, a page at a time, in the order of Vietnamese lists. */
@Injectable()
export class ListAccounts {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleInScopeRepository,
    private readonly managed: ManagedAccounts,
    private readonly clock: Clock,
  ) {}

  async run(me: Principal, view: { q?: string; state?: AccountState; role?: Role; cursor?: string }, size = 50): Promise<AccountsPage> {
    const tx = this.database.reader;
    const found = await this.people.list(tx, this.managed.rootsOf(me), this.clock.today(), {
      q: view.q ? searchable(view.q) || undefined : undefined, state: view.state, role: view.role,
      after: readCursor(view.cursor), limit: size + 1,
    });
    const shown = found.slice(0, size);
    const obstacles = await this.managed.obstacles(tx, me, shown);
    const last = found.length > size ? shown.at(-1) : undefined;
    return {
      people: shown.map((person) => ({ person, obstacle: obstacles.get(person.personId) ?? null })),
      next: last ? Buffer.from(JSON.stringify([last.sortName, last.personId])).toString('base64url') : null,
    };
  }

  counts(me: Principal): Promise<Record<AccountState, number>> {
    return this.people.countStates(this.database.reader, this.managed.rootsOf(me), this.clock.today());
  }
}

function readCursor(cursor: string | undefined): { sortName: string; personId: number } | undefined {
  if (!cursor) return undefined;
  try {
    const [sortName, personId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof sortName === 'string' && Number.isSafeInteger(personId)) return { sortName, personId: personId as number };
  } catch {
    // Not one of ours: refused below.
  }
  throw refused('cursor-invalid');
}
