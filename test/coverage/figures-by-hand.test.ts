import { momentOf, CoverageFigures, RecountEveryone } from '../../src/coverage/index.js';
import { CompareCoverage } from '../../src/coverage/coverage-change.js';
import { CountingRules } from '../../src/coverage/counting-rules.js';
import type { AgencyName } from '../../src/coverage/coverage-scope.js';
import { PublishTargets } from '../../src/programmes/index.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { CountByHand } from './count-by-hand.js';
import { randomCountry, type Country } from './random-country.js';

const TODAY = '2026-11-20';
const DAYS = ['2025-06-30', '2025-07-01', '2025-12-31', '2026-03-10', '2026-05-20', '2026-05-21', '2026-09-01', TODAY, '2027-02-14', '2030-12-31'];
const KNOWN = ['2025-07-01', '2025-07-02', '2026-03-10', '2026-03-11', '2026-05-20', '2026-06-30', TODAY];
const CRITERIA: Record<string, Record<string, number>> = { 't70-2030': { K1: 24, K2: 16 }, 't70-2025': { K1: 24 } };

const union = (sets: Set<number>[]) => new Set(sets.flatMap((set) => [...set]));
const sizes = (count: { roster: Set<number>; trained: Set<number> }) => ({ roster: count.roster.size, trained: count.trained.size });

describe.each([1169, 57, 2030])('a made-up country (seed %d)', (seed) => {
  let testApp: TestApp;
  let country: Country;
  let hand: CountByHand;

  beforeAll(async () => {
    testApp = await createTestApp();
    await testApp.app.get(PublishTargets).run();
    country = await randomCountry(testApp.app, testApp.clock, seed);
    hand = new CountByHand(country);
  }, 120_000);
  afterAll(() => testApp.close());

  const targets = async () => (await testApp.app.get(CountingRules).inForce(testApp.database.reader, testApp.clock.now())).filter((t) => t.counts === 'people');

  test.each(KNOWN)('every agency, group and day, as known on %s, is what a count by hand says', async (knownAs) => {
    const figures = testApp.app.get(CoverageFigures);
    let people = 0;
    for (const target of await targets()) {
      for (const asOf of DAYS) {
        const moment = momentOf(asOf, knownAs, TODAY);
        const byHand = hand.count(target.groups, CRITERIA[target.target] ?? {}, asOf, knownAs);
        const byGroup = target.groups.map((group) => hand.count([group], CRITERIA[target.target] ?? {}, asOf, knownAs));
        for (const fact of hand.facts(country.agencies, asOf, knownAs)) {
          const agency: AgencyName = { id: fact.agencyId, code: fact.code, name: { vi: '', en: '' }, type: fact.type };
          const table = await figures.run(testApp.database.reader, { target, moment, subject: { roots: [agency.id], agency } });
          const rows = hand.rowsUnder(agency.id, asOf, knownAs);
          const under = rows.map((id) => byHand(id));
          const all = { roster: union(under.map((c) => c.roster)), trained: union(under.map((c) => c.trained)) };
          const sum = (of: 'roster' | 'trained') => under.reduce((n, c) => n + c[of].size, 0);
          const where = `${fact.code} ${asOf}`;

          expect([where, sizesOf(table.total)]).toEqual([where, sizes(byHand(agency.id))]);
          expect([where, table.rows.map((row) => row.agency.id).sort((a, b) => a - b)]).toEqual([where, rows]);
          for (const row of table.rows) {
            expect([where, row.agency.code, sizesOf(row)]).toEqual([where, row.agency.code, sizes(byHand(row.agency.id))]);
            expect([where, row.agency.code, row.byGroup.map(sizesOf)]).toEqual([where, row.agency.code, byGroup.map((count) => sizes(count(row.agency.id)))]);
          }
          expect(table.total.byGroup.map(sizesOf)).toEqual(byGroup.map((count) => sizes(count(agency.id))));
          expect(table.overlap).toEqual({ roster: sum('roster') - all.roster.size, trained: sum('trained') - all.trained.size });
          expect(table.outside).toEqual({
            roster: byHand(agency.id).roster.size - all.roster.size, trained: byHand(agency.id).trained.size - all.trained.size,
          });
          people += table.total.roster;
        }
      }
    }
    // Before anything was recorded nothing is known; else the comparison has compared something.
    expect(people > 0).toBe(knownAs > '2025-07-01');
  }, 120_000);

  test('one group alone is the line of that group', async () => {
    const [target] = await targets();
    if (!target) throw new Error('No target');
    const agency = { id: country.nationId, code: 'VN', name: { vi: '', en: '' }, type: 'nation' };
    const question = { target, moment: momentOf(TODAY, TODAY, TODAY), subject: { roots: [agency.id], agency } };
    const all = await testApp.app.get(CoverageFigures).run(testApp.database.reader, question);
    for (const [at, group] of target.groups.entries()) {
      const one = await testApp.app.get(CoverageFigures).run(testApp.database.reader, { ...question, group });
      expect(sizesOf(one.total)).toEqual(sizesOf(all.total.byGroup[at] ?? one.total));
      expect(one.rows.map(sizesOf)).toEqual(all.rows.map((row) => sizesOf(row.byGroup[at] ?? row)));
    }
  });

  test('the change of a month is made of people who can be named', async () => {
    const [target] = await targets();
    if (!target) throw new Error('No target');
    for (const asOf of ['2026-03-31', '2026-06-10', TODAY]) {
      const agency = { id: country.nationId, code: 'VN', name: { vi: '', en: '' }, type: 'nation' };
      const change = await testApp.app.get(CompareCoverage).run(testApp.database.reader, {
        target, moment: momentOf(asOf, TODAY, TODAY), subject: { roots: [agency.id], agency },
      });
      const before = hand.count(target.groups, CRITERIA['t70-2030'] ?? {}, change.since, TODAY)(agency.id);
      const now = hand.count(target.groups, CRITERIA['t70-2030'] ?? {}, asOf, TODAY)(agency.id);
      const how = (people: Set<number>, is: (id: number) => boolean) => [...people].filter(is).length;
      expect(change).toMatchObject({
        rosterBefore: before.roster.size, roster: now.roster.size, trainedBefore: before.trained.size, trained: now.trained.size,
        newlyTrained: how(now.trained, (id) => before.roster.has(id) && !before.trained.has(id)),
        expired: how(before.trained, (id) => now.roster.has(id) && !now.trained.has(id)),
        added: how(now.roster, (id) => !before.roster.has(id)), addedTrained: how(now.trained, (id) => !before.roster.has(id)),
        removed: how(before.roster, (id) => !now.roster.has(id)), removedTrained: how(before.trained, (id) => !now.roster.has(id)),
      });
      expect(change.trainedBefore + change.newlyTrained - change.expired + change.addedTrained - change.removedTrained).toBe(change.trained);
    }
  });

  test('a recount of everyone finds nothing to change', async () => {
    const rowsBefore = await testApp.world.count('trained_interval');
    expect(await testApp.app.get(RecountEveryone).run()).toMatchObject({ derived: 0, corrected: 0 });
    expect(await testApp.world.count('trained_interval')).toBe(rowsBefore);
    expect(rowsBefore).toBeGreaterThan(0);
  });
});

const sizesOf = ({ roster, trained }: { roster: number; trained: number }) => ({ roster, trained });
