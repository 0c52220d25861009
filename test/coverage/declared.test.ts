import { rows } from '../../src/platform/database/sql.js';
import type { TestApp } from '../support/test-app.js';
import type { AgencyRow } from '../support/world.js';
import { Asking, countryWithTargets } from './support.js';

let testApp: TestApp;
let country: Awaited<ReturnType<typeof countryWithTargets>>['country'];
let quocgia: Asking;

beforeEach(async () => {
  ({ testApp, country } = await countryWithTargets());
  quocgia = await Asking.as(testApp, 'quocgia');
});
afterEach(() => testApp.close());

const QUERY = '?target=t100-awareness';

async function declare(agency: AgencyRow, officials: number | null, informed: number | null, from = '2026-01-01', options: {
  to?: string; recordedAt?: string; supersededAt?: string;
} = {}): Promise<void> {
  for (const [measure, headcount] of [['officials', officials], ['officials-informed', informed]] as const) {
    if (headcount === null) continue;
    await rows(testApp.database.reader,
      `INSERT INTO headcount_declaration (agency_id, measure, headcount, valid_from, valid_to, recorded_at, superseded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [agency.id, measure, headcount, from, options.to ?? 'infinity', options.recordedAt ?? `${from}T01:00:00Z`, options.supersededAt ?? 'infinity']);
  }
}
const figures = async (query = QUERY) => {
  const answer = await quocgia.coverage(query);
  return Object.fromEntries([['total', answer.total] as const, ...answer.rows.map((row) => [row.agencyCode, row] as const)]
    .map(([code, { roster, trained, rate }]) => [code, [roster, trained, rate]]));
};

test('nothing declared is no rate', async () => {
  const answer = await quocgia.coverage(QUERY);
  expect(answer.total).toMatchObject({ roster: 0, trained: 0, rate: null, gap: null, met: null, completions: 0, byGroup: [] });
  expect([answer.overlap, answer.outside]).toEqual([null, null]);
});

test('an agency that has declared stands for all below it; one that has not is the sum of what is below', async () => {
  await declare(country.commune, 40, 30);
  await declare(country.commune2, 60, 60);
  await declare(country.department, 100, 90);
  await declare(country.neighbour, 500, 400);
  await declare(country.neighbourCommune, 20, 1);
  await declare(country.unit, 10, 10);
  expect(await figures()).toEqual({
    BTN: [10, 10, 100], T1: [200, 180, 90], T2: [500, 400, 80], total: [710, 590, 83],
  });
  expect(await figures(`${QUERY}&within=T2`)).toEqual({ X21: [20, 1, 5], total: [500, 400, 80] });
  await declare(country.province, 250, 250);
  expect(await figures()).toMatchObject({ T1: [250, 250, 100], total: [760, 660, 86.8] });
});

test('the latest declaration that holds on the day counts, as it was known', async () => {
  await declare(country.province, 100, 50, '2026-01-01');
  await declare(country.province, 120, 90, '2026-06-01');
  expect(await figures(`${QUERY}&asOf=2026-05-31`)).toMatchObject({ T1: [100, 50, 50] });
  expect(await figures(`${QUERY}&asOf=2026-06-01`)).toMatchObject({ T1: [120, 90, 75] });
  expect(await figures(`${QUERY}&asOf=2026-06-01&knownAs=2026-05-31`)).toMatchObject({ T1: [100, 50, 50] });
  expect(await figures(`${QUERY}&asOf=2025-12-31`)).toMatchObject({ T1: [0, 0, null] });
});

test('officials without a word on who was informed are no 0 %', async () => {
  await declare(country.province, 100, null);
  expect(await figures()).toMatchObject({ T1: [100, 0, null], total: [100, 0, null] });
});

test('completions of programme E on this system stand beside, and are not added', async () => {
  const tx = testApp.database.reader;
  await declare(country.province, 100, 50);
  const [programme] = await rows<{ id: number }>(tx, `INSERT INTO programme (code, slug) VALUES ('E', 'e') RETURNING id`);
  const [version] = await rows<{ id: number }>(tx,
    `INSERT INTO programme_version (programme_id, number, content_sha256, title, summary, audience, periods, criteria, outcomes, certificate, published_at)
     VALUES ($1, 1, 'x', '{}', '{}', '{}', 3, '[]', '[]', true, '2026-01-01') RETURNING id`, [programme?.id]);
  const person = await testApp.world.person();
  await testApp.world.post(person, country.commune, { group: 'official' });
  await testApp.world.post(person, country.commune2, { group: 'leader' });
  await tx.query(
    `INSERT INTO programme_completion (person_id, programme_id, programme_version_id, completed_on, completed_at, evidence)
     VALUES ($1, $2, $3, '2026-05-01', '2026-05-01T02:00:00Z', '{}')`, [person.id, programme?.id, version?.id]);
  const answer = await quocgia.coverage(QUERY);
  expect(answer.total).toMatchObject({ roster: 100, trained: 50, completions: 1 });
  expect(answer.rows.map((row) => [row.agencyCode, row.completions])).toEqual([['BTN', 0], ['T1', 1], ['T2', 0]]);
  expect((await quocgia.coverage(`${QUERY}&asOf=2026-04-30`)).total.completions).toBe(0);
});
