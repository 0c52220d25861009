import { Roster, type NewPerson } from '../../src/roster/index.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let t: TestApp;
let c: Awaited<ReturnType<TestApp['world']['country']>>;
beforeAll(async () => {
  t = await createTestApp();
  c = await t.world.country();
});
afterAll(() => t.close());

describe('the front door of the roster', () => {
  test('adds thousands of people with their posts in seconds', async () => {
    const people: NewPerson[] = Array.from({ length: 6_000 }, (_, index) => ({
      fullName: `Nguyễn Thị Mẫu ${index}`,
      birthDate: '1990-05-20',
      nationalId: String(1_000_000_000 + index).padStart(12, '0'),
      posts: [
        {
          agencyId: c.commune.id,
          positionTitle: 'Công chức văn hóa',
          targetGroup: 'grassroots-information',
          from: '2025-07-01',
          staffCode: `CB${index}`,
        },
      ],
    }));
    const started = performance.now();
    const ids = await t.database.inTransaction((tx) => t.app.get(Roster).addPeople(tx, people));
    // About 0.7 seconds on a quiet machine.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(new Set(ids).size).toBe(6_000);
    const described = await t.app.get(Roster).describePost(t.database.reader, ids[17] as number, '2026-11-20');
    expect(described).toMatchObject({
      fullName: 'Nguyễn Thị Mẫu 17',
      birthDate: '1990-05-20',
      positionTitle: 'Công chức văn hóa',
      targetGroup: 'grassroots-information',
      agency: { code: 'X11', type: 'commune', path: { vi: 'Xã Mẫu Một, Tỉnh Ví Dụ Một' } },
    });
  });

  test('knows the posts of a day: over, on leave, to come', async () => {
    const roster = t.app.get(Roster);
    const [id] = await t.database.inTransaction((tx) =>
      roster.addPeople(tx, [
        {
          fullName: 'Lê Hai Việc',
          posts: [
            {
              agencyId: c.commune.id,
              positionTitle: 'Cũ',
              targetGroup: 'communication',
              from: '2025-07-01',
              to: '2026-01-01',
            },
            {
              agencyId: c.commune2.id,
              positionTitle: 'Nghỉ',
              targetGroup: 'communication',
              from: '2025-07-01',
              onLeave: true,
            },
            { agencyId: c.department.id, positionTitle: 'Nay', targetGroup: 'leader', from: '2026-01-01' },
          ],
        },
      ]),
    );
    const on = async (day: string) =>
      (await roster.currentPosts(t.database.reader, id as number, day)).map((post) => post.positionTitle);
    expect(await on('2025-06-30')).toEqual([]);
    expect(await on('2025-12-31')).toEqual(['Cũ', 'Nghỉ']);
    // Who is on leave from one post and works in another is described by the work.
    expect(await on('2026-01-01')).toEqual(['Nay', 'Nghỉ']);
    expect((await roster.describePost(t.database.reader, id as number, '2026-06-01'))?.agency.code).toBe('T1-SO');
    expect(await roster.describePost(t.database.reader, id as number, '2025-06-30')).toBeNull();
  });

  test('names an agency that has ended as it last was', async () => {
    const ended = await t.world.agency('X13', {
      name: 'Xã Đã Hết',
      type: 'commune',
      parent: c.province,
      to: '2026-01-01',
    });
    const agencies = (await import('../../src/agencies/index.js')).Agencies;
    const described = await t.app.get(agencies).find(t.database.reader, ended.id, '2026-11-20');
    expect(described?.path.vi).toBe('Xã Đã Hết, Tỉnh Ví Dụ Một');
  });
});
