import { Agencies, LoadBaseAgencies } from '../../src/agencies/index.js';
import { BASE_AGENCIES } from '../../src/agencies/base-agencies.js';
import { rows } from '../../src/platform/database/sql.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let t: TestApp;
beforeAll(async () => { t = await createTestApp(); });
afterAll(() => t.close());

describe('the base agencies', () => {
  test('are the country, 22 central agencies and 34 provinces and cities', () => {
    const today = BASE_AGENCIES.map((agency) => agency.versions.at(-1)?.type);
    const count = (type: string) => today.filter((candidate) => candidate === type).length;
    expect([count('nation'), count('ministry'), count('ministerial-agency'), count('government-agency')]).toEqual([
      1, 14, 3, 5,
    ]);
    expect([count('province'), count('city')]).toEqual([27, 7]);
    expect(new Set(BASE_AGENCIES.map((agency) => agency.code)).size).toBe(57);
  });

  test('are loaded once, however often the service starts', async () => {
    const load = t.app.get(LoadBaseAgencies);
    expect(await load.run()).toBe(57);
    const versions = await t.world.count('agency_version');
    const closure = await t.world.count('agency_closure');
    expect(await load.run()).toBe(0);
    expect(await t.world.count('agency_version')).toBe(versions);
    expect(await t.world.count('agency_closure')).toBe(closure);
    expect(closure).toBe(57 + 56);
  });

  test('two processes that start at once load them once', async () => {
    const other = await createTestApp();
    try {
      const added = await Promise.all([other.app.get(LoadBaseAgencies).run(), other.app.get(LoadBaseAgencies).run()]);
      expect(added.sort()).toEqual([0, 57]);
    } finally {
      await other.close();
    }
  });

  test('Đồng Nai is a province until 29 April 2026 and a city from the 30th, and one agency all along', async () => {
    const agencies = t.app.get(Agencies);
    const before = await agencies.findByCode(t.database.reader, '75', '2026-04-29');
    const after = await agencies.findByCode(t.database.reader, '75', '2026-04-30');
    expect([before?.type, before?.name.vi, before?.name.en]).toEqual([
      'province',
      'Tỉnh Đồng Nai',
      'Dong Nai Province',
    ]);
    expect([after?.type, after?.name.vi, after?.legalBasis]).toEqual([
      'city',
      'Thành phố Đồng Nai',
      'Nghị quyết 30/2026/QH16',
    ]);
    expect(after?.id).toBe(before?.id);
  });

  test('what an operator has changed is not undone at the next start', async () => {
    await t.database.reader.query(`UPDATE agency_version SET name_vi = 'Bộ Đổi Tên' WHERE code = 'BYT'`);
    expect(await t.app.get(LoadBaseAgencies).run()).toBe(0);
    const [row] = await rows<{ name: string }>(
      t.database.reader,
      `SELECT name_vi AS name FROM agency_version WHERE code = 'BYT'`,
    );
    expect(row?.name).toBe('Bộ Đổi Tên');
  });

  test('nobody stood under a province before it existed', async () => {
    const agencies = t.app.get(Agencies);
    const province = await agencies.findByCode(t.database.reader, '01', '2026-01-01');
    const root = await agencies.findByCode(t.database.reader, 'VN', '2026-01-01');
    expect(await agencies.inScope(t.database.reader, province?.id ?? 0, [root?.id ?? 0], '2025-06-30')).toBe(false);
    expect(await agencies.inScope(t.database.reader, province?.id ?? 0, [root?.id ?? 0], '2025-07-01')).toBe(true);
  });

  test('are found by part of a name without marks, however the tone is placed', async () => {
    const agencies = t.app.get(Agencies);
    for (const q of ['khanh hoa', 'Khánh Hoà', 'hòa khánh']) {
      const found = await agencies.search(t.database.reader, { on: '2026-11-20', q, limit: 10 });
      expect(found.items.map((agency) => agency.code)).toEqual(['56']);
    }
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await agencies.search(t.database.reader, { on: '2026-11-20', limit: 10, cursor });
      pages.push(...page.items.map((agency) => agency.code));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(pages).toHaveLength(57);
    expect(new Set(pages).size).toBe(57);
    expect(pages.slice(0, 2)).toEqual(['VN', 'BCA']);
    expect(pages.slice(23, 26)).toEqual(['01', '04', '08']);
  });
});
