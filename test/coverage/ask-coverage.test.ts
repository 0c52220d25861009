import { RecountEveryone } from '../../src/coverage/index.js';
import type { TestApp } from '../support/test-app.js';
import { Asking, countryWithTargets, officer, train, type CoverageAnswer } from './support.js';

let testApp: TestApp;
let country: Awaited<ReturnType<typeof countryWithTargets>>['country'];

beforeEach(async () => {
  ({ testApp, country } = await countryWithTargets());
});
afterEach(() => testApp.close());

/** From a day on, the commune stands under the neighbour. */
async function moveCommune(day: string): Promise<void> {
  const { commune, neighbour, province } = country;
  const tx = testApp.database.reader;
  await tx.query('UPDATE agency_version SET valid_to = $2 WHERE agency_id = $1', [commune.id, day]);
  await tx.query(
    `INSERT INTO agency_version (agency_id, code, name_vi, name_en, search_name, type, parent_id, valid_from, recorded_at)
     SELECT agency_id, code, name_vi, name_en, search_name, type, $2, $3, recorded_at FROM agency_version WHERE agency_id = $1`,
    [commune.id, neighbour.id, day]);
  await tx.query('UPDATE agency_closure SET valid_to = $3 WHERE descendant_id = $1 AND ancestor_id = $2', [commune.id, province.id, day]);
  await tx.query(
    `INSERT INTO agency_closure (ancestor_id, descendant_id, depth, valid_from, recorded_at) VALUES ($2, $1, 1, $3, '2025-07-01')`,
    [commune.id, neighbour.id, day]);
}

const row = (answer: CoverageAnswer, code: string) => answer.rows.find((each) => each.agencyCode === code);

test('the national operator sees ministries and provinces; nobody declared is no rate', async () => {
  const quocgia = await Asking.as(testApp, 'quocgia');
  await officer(testApp, country.commune, { trainedFrom: '2026-02-01' });
  await officer(testApp, country.department, { group: 'grassroots-information' });
  const answer = await quocgia.coverage();
  expect(answer).toMatchObject({
    target: 't70-2030', asOf: '2026-11-20', knownAs: '2026-11-20', ruleVersion: 1, threshold: 70, within: { agencyCode: 'VN' },
    total: { roster: 2, trained: 1, rate: 50, gap: 1, met: false },
    overlap: { roster: 0, trained: 0 }, outside: { roster: 0, trained: 0 },
  });
  expect(answer.rows.map((each) => each.agencyCode)).toEqual(['BTN', 'T1', 'T2']);
  expect(row(answer, 'BTN')).toMatchObject({ type: 'ministry', roster: 0, trained: 0, rate: null, gap: null, met: null });
  expect(row(answer, 'T1')).toMatchObject({ name: { vi: 'Tỉnh Ví Dụ Một' }, roster: 2, trained: 1, rate: 50 });
  expect(row(answer, 'T1')?.byGroup).toEqual([
    { group: 'communication', roster: 1, trained: 1, rate: 100, gap: 0, met: true },
    { group: 'grassroots-information', roster: 1, trained: 0, rate: 0, gap: 1, met: false },
    { group: 'external-information', roster: 0, trained: 0, rate: null, gap: null, met: null },
  ]);
});

test('one person who is trained raises each agency above by just one, and nothing elsewhere', async () => {
  const quocgia = await Asking.as(testApp, 'quocgia');
  for (const agency of [country.commune, country.commune2, country.neighbourCommune, country.unit]) await officer(testApp, agency);
  const person = await officer(testApp, country.commune);
  const ask = async () => [await quocgia.coverage(), await quocgia.coverage('?within=T1'), await quocgia.coverage('?within=T2'),
    await quocgia.coverage('?level=commune'), await quocgia.coverage('?target=t70-2025')].map((answer) => new Map(
    [['total', answer.total] as const, ...answer.rows.map((each) => [each.agencyCode, each] as const)]));
  const before = await ask();
  await train(testApp, person, '2026-11-20');
  const after = await ask();
  const raised = after.map((answer, at) => [...answer].flatMap(([code, figure]) => {
    const was = before[at]?.get(code);
    expect(figure.roster).toBe(was?.roster);
    return figure.trained === was?.trained ? [] : [`${code} +${figure.trained - (was?.trained ?? 0)}`];
  }));
  expect(raised).toEqual([['total +1', 'T1 +1'], ['total +1', 'X11 +1'], [], ['total +1', 'X11 +1'], ['total +1', 'T1 +1']]);
});

test('whoever holds posts in two places is counted once above them, and it is said by how many the total is less', async () => {
  const quocgia = await Asking.as(testApp, 'quocgia');
  const person = await officer(testApp, country.commune, { trainedFrom: '2026-01-01' });
  await testApp.world.post(person, country.neighbourCommune, { group: 'grassroots-information' });
  await officer(testApp, country.nation);
  const answer = await quocgia.coverage();
  expect([row(answer, 'T1')?.roster, row(answer, 'T2')?.roster]).toEqual([1, 1]);
  expect(answer.total).toMatchObject({ roster: 2, trained: 1 });
  expect(answer).toMatchObject({ overlap: { roster: 1, trained: 1 }, outside: { roster: 1, trained: 0 } });
  expect(answer.total.byGroup.map((each) => each.roster)).toEqual([2, 1, 0]);
});

test('long leave, an ended post and a group outside the target are not counted', async () => {
  const quocgia = await Asking.as(testApp, 'quocgia');
  await officer(testApp, country.commune, { onLeave: true });
  await officer(testApp, country.commune, { group: 'leader' });
  await officer(testApp, country.commune, { to: '2026-11-20' });
  await officer(testApp, country.commune, { from: '2026-11-21' });
  await officer(testApp, country.commune, { to: '2026-11-21' });
  expect((await quocgia.coverage()).total.roster).toBe(1);
  expect((await quocgia.coverage('?asOf=2026-11-19')).total.roster).toBe(2);
  expect((await quocgia.coverage('?asOf=21/11/2026')).total.roster).toBe(1);
});

test('at midnight in Viet Nam a certificate expires and a post begins, without anything having to happen', async () => {
  await officer(testApp, country.commune, { trainedFrom: '2025-11-21', trainedTo: '2026-11-21' });
  await officer(testApp, country.commune, { from: '2026-11-21' });
  testApp.clock.set('2026-11-20T23:59:59.999+07:00');
  expect((await (await Asking.as(testApp, 'quocgia')).coverage())).toMatchObject({ asOf: '2026-11-20', total: { roster: 1, trained: 1 } });
  testApp.clock.set('2026-11-21T00:00:00+07:00');
  expect((await (await Asking.as(testApp, 'quocgia')).coverage())).toMatchObject({ asOf: '2026-11-21', total: { roster: 2, trained: 0 } });
});

test('a figure as known on an earlier day stays what it was, whatever is recorded later', async () => {
  const person = await officer(testApp, country.commune);
  const quocgia = await Asking.as(testApp, 'quocgia');
  expect((await quocgia.coverage()).total).toMatchObject({ roster: 1, trained: 0 });
  testApp.clock.set('2026-11-25T09:00:00+07:00');
  await train(testApp, person, '2026-01-01');
  const later = await Asking.as(testApp, 'quocgia');
  expect((await later.coverage('?asOf=2026-11-20')).total).toMatchObject({ roster: 1, trained: 1 });
  expect((await later.coverage('?asOf=2026-11-20&knownAs=2026-11-20')).total).toMatchObject({ roster: 1, trained: 0 });
  expect((await later.coverage('?asOf=2026-11-20&knownAs=2026-11-24')).total).toMatchObject({ roster: 1, trained: 0 });
});

describe('who may ask what', () => {
  test('a coordinator gets the rows below, and 404 for anything outside', async () => {
    await officer(testApp, country.commune);
    await officer(testApp, country.neighbourCommune);
    const tinh = await Asking.as(testApp, 'tinh');
    const answer = await tinh.coverage();
    expect(answer.within?.agencyCode).toBe('T1');
    expect(answer.rows.map((each) => each.agencyCode)).toEqual(['T1-SO', 'X11', 'X12']);
    expect(answer.total.roster).toBe(1);
    expect((await tinh.coverage('?level=province')).rows.map((each) => each.agencyCode)).toEqual(['T1']);
    expect((await tinh.coverage('?level=ministry')).rows).toEqual([]);
    expect((await tinh.coverage('?within=X11')).total.roster).toBe(1);
    for (const code of ['T2', 'X21', 'VN', 'BTN', 'KHONG-CO']) {
      for (const path of ['coverage', 'coverage.csv', 'coverage.xlsx', 'coverage/people', 'coverage/people.csv', 'coverage/people.xlsx']) {
        const refused = await tinh.get(`/api/v1/${path}?within=${code}`);
        expect([code, path, refused.status, (refused.body as { code: string }).code]).toEqual([code, path, 404, 'agency-not-on-date']);
      }
    }
  });

  test('somebody who answers for two communes sees these two', async () => {
    await officer(testApp, country.commune);
    await officer(testApp, country.commune2);
    await officer(testApp, country.department);
    const answer = await (await Asking.as(testApp, 'hai-noi')).coverage();
    expect(answer.within).toBeNull();
    expect(answer.rows.map((each) => [each.agencyCode, each.roster])).toEqual([['X11', 1], ['X12', 1]]);
    expect(answer.total.roster).toBe(2);
  });

  test.each(['hocvien', 'quantri'])('%s may not', async (username) => {
    const asking = await Asking.as(testApp, username);
    for (const path of ['coverage', 'coverage.csv', 'coverage.xlsx', 'coverage/people', 'coverage/people.csv', 'coverage/people.xlsx']) {
      await asking.get(`/api/v1/${path}`).expect(403);
    }
  });

  test('nobody who is not signed in may', async () => {
    const { default: supertest } = await import('supertest');
    await supertest(testApp.app.getHttpServer()).get('/api/v1/coverage').expect(401);
    await supertest(testApp.app.getHttpServer()).get('/api/v1/coverage/people.csv').expect(401);
    await supertest(testApp.app.getHttpServer()).get('/coverage').set('accept', 'text/html').expect(303);
  });

  test('the names of an agency that is to come are not shown before it has come', async () => {
    await moveCommune('2027-01-01');
    await officer(testApp, country.commune);
    const neighbours = await Asking.as(testApp, 'lang-gieng');
    expect((await neighbours.coverage('?asOf=2027-01-01')).total.roster).toBe(1);
    const people = async (who: Asking, query: string) => ((await who.get(`/api/v1/coverage/people${query}`).expect(200)).body as { items: unknown[] }).items;
    expect(await people(neighbours, '?asOf=2027-01-01')).toHaveLength(0);
    expect(await people(await Asking.as(testApp, 'quocgia'), '?asOf=2027-01-01&within=T2')).toHaveLength(1);
    testApp.clock.set('2027-01-01T08:00:00+07:00');
    expect(await people(await Asking.as(testApp, 'lang-gieng'), '')).toHaveLength(1);
  });

  test('the code of an agency is read as of the day: what moved away is theirs only while it was', async () => {
    const { commune } = country;
    await moveCommune('2026-07-01');
    await officer(testApp, commune);
    const tinh = await Asking.as(testApp, 'tinh');
    await tinh.get('/api/v1/coverage?within=X11').expect(404);
    expect((await tinh.coverage('?within=X11&asOf=2026-06-30')).total.roster).toBe(1);
    const neighbours = await Asking.as(testApp, 'lang-gieng');
    expect((await neighbours.coverage('?within=X11')).total.roster).toBe(1);
    await neighbours.get('/api/v1/coverage?within=X11&asOf=2026-06-30').expect(404);
  });
});

test.each([
  ['?asOf=2026-02-30', 'asOf', 'not-a-date'], ['?knownAs=2026-11-21', 'knownAs', 'date-in-future'], ['?asOf=2046-01-01', 'asOf', 'date-too-far'],
  ['?target=t71', 'target', 'target-unknown'], ['?group=press', 'group', 'group-not-in-target'], ['?level=district', 'level', 'choice-unknown'],
])('%s is refused, naming the field', async (query, field, code) => {
  const answer = await (await Asking.as(testApp, 'quocgia')).get(`/api/v1/coverage${query}`);
  expect(answer.status).toBe(422);
  expect((answer.body as { errors: object[] }).errors).toEqual([expect.objectContaining({ field, code })]);
});

test('a rule that changes gets a version of its own: today by the new one, earlier days as known by the old one', async () => {
  const tx = testApp.database.reader;
  const person = await officer(testApp, country.commune, { trainedFrom: '2026-01-01' });
  testApp.clock.set('2026-12-01T08:00:00+07:00');
  // By the second version 40 periods of K1 are needed.
  await tx.query(
    `INSERT INTO target_version (target, rule_version, definition, content_sha256, published_at)
     SELECT target, 2, jsonb_set(definition, '{criteria,0,minimum}', '40'), 'two', $1 FROM target_version WHERE target = 't70-2030'`,
    [testApp.clock.now()]);
  expect(await testApp.app.get(RecountEveryone).run()).toMatchObject({ derived: 0, corrected: 0 });
  const quocgia = await Asking.as(testApp, 'quocgia');
  expect(await quocgia.coverage()).toMatchObject({ ruleVersion: 2, total: { roster: 1, trained: 0 } });
  expect(await quocgia.coverage('?asOf=2026-11-20&knownAs=2026-11-30')).toMatchObject({ ruleVersion: 1, total: { roster: 1, trained: 1 } });
  await train(testApp, person, '2026-02-01');
  expect((await quocgia.coverage()).total.trained).toBe(1);
});

test('wrong derived rows are put right by the nightly recount, told, and earlier knowledge is left as it was', async () => {
  const person = await officer(testApp, country.commune, { trainedFrom: '2026-01-01' });
  await testApp.database.reader.query(`UPDATE trained_interval SET superseded_at = $2 WHERE person_id = $1`, [person.id, testApp.clock.now()]);
  testApp.clock.set('2026-11-22T02:40:00+07:00');
  expect(await testApp.app.get(RecountEveryone).run()).toMatchObject({ people: 1, corrected: 1 });
  expect(await testApp.app.get(RecountEveryone).run()).toMatchObject({ people: 1, corrected: 0 });
  const told = await testApp.database.reader.query<unknown[]>(`SELECT 1 FROM audit_entry WHERE action = 'coverage.drift-corrected'`);
  expect(told).toHaveLength(1);
  const quocgia = await Asking.as(testApp, 'quocgia');
  expect((await quocgia.coverage()).total.trained).toBe(1);
  expect((await quocgia.coverage('?asOf=2026-11-20&knownAs=2026-11-21')).total.trained).toBe(0);
});
