import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  grantRoots, holds, mayGrant, mayManage, PERMISSIONS, permissionsOf, ROLES, rolesWith, scopeRoots,
  type Grant, type Permission, type Reach, type Role,
} from '../../src/rules/scope.js';

const read = <T>(name: string) => parse<T>(readFileSync(join(import.meta.dirname, 'cases', name)), { columns: true });

/** nation > province > commune, nation > neighbour: each with everything it stands within. */
const WITHIN: Record<string, number[]> = { nation: [1], province: [1, 2], commune: [1, 2, 3], neighbour: [1, 4] };
const ownId = (agency: string) => WITHIN[agency]?.at(-1) ?? 0;
const pairs = (cell: string) => cell.split(' ').filter(Boolean).map((pair) => pair.split('@') as [Role, string]);
const grantsOf = (cell: string): Grant[] => pairs(cell).map(([role, agency]) => ({ role, agencyId: ownId(agency) }));
const reachOf = (cell: string): Reach[] => pairs(cell).map(([role, agency]) => ({ role, within: WITHIN[agency] ?? [] }));

interface Case { case: string; holds: string; question: 'grant' | 'manage'; role: Role; at: string; other: string; answer: 'yes' | 'no' }

test.each(read<Case>('scope.csv'))('$case', (given) => {
  const grants = grantsOf(given.holds);
  const answer = given.question === 'grant'
    ? mayGrant(grants, given.role, WITHIN[given.at] ?? [])
    : mayManage(grants, reachOf(given.other));
  expect(answer ? 'yes' : 'no').toBe(given.answer);
});

describe('which role gives which permission', () => {
  const table = read<Record<Role, string> & { permission: Permission }>('permissions.csv');
  test('the table names every permission once', () => {
    expect(table.map((row) => row.permission)).toEqual([...PERMISSIONS]);
  });
  test.each(table)('$permission', (row) => {
    const given = ROLES.filter((role) => row[role] === 'x');
    expect(rolesWith(row.permission)).toEqual(given);
    for (const role of ROLES) {
      expect(permissionsOf(role).includes(row.permission)).toBe(given.includes(role));
      expect(holds([{ role, agencyId: 2 }], row.permission)).toBe(given.includes(role));
      expect(scopeRoots([{ role, agencyId: 2 }, { role, agencyId: 2 }], row.permission)).toEqual(given.includes(role) ? [2] : []);
    }
  });
});

const agencies = fc.constantFrom('nation', 'province', 'commune', 'neighbour');
const grants = fc.array(fc.record({ role: fc.constantFrom(...ROLES), agencyId: agencies.map(ownId) }), { maxLength: 4 });
const reaches = fc.array(fc.record({ role: fc.constantFrom(...ROLES), within: agencies.map((agency) => WITHIN[agency] ?? []) }), { maxLength: 4 });

test('whoever manages an account may hand out every role it holds: none of it is more than theirs', () => {
  fc.assert(fc.property(grants, reaches, (mine, theirs) => {
    if (mayManage(mine, theirs)) for (const held of theirs) expect(mayGrant(mine, held.role, held.within)).toBe(true);
  }));
});

test('a role given below reaches no agency that the giver does not reach', () => {
  fc.assert(fc.property(grants, fc.constantFrom(...ROLES), agencies, (mine, role, agency) => {
    const within = WITHIN[agency] ?? [];
    if (mayGrant(mine, role, within)) expect(grantRoots(mine, role).some((root) => within.includes(root))).toBe(true);
    else expect(mayManage(mine, [{ role, within }])).toBe(false);
  }));
});

test('one more grant never takes anything away', () => {
  fc.assert(fc.property(grants, grants, reaches, (mine, more, theirs) => {
    if (mayManage(mine, theirs)) expect(mayManage([...mine, ...more], theirs)).toBe(true);
  }));
});
