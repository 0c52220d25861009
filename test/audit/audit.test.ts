import { AUDIT_ACTIONS, AUDIT_SUBJECTS, AuditTrail } from '../../src/platform/audit.js';
import { hasText, textKeys } from '../../src/platform/texts.js';
import { signInApi } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD, type AgencyRow } from '../support/world.js';

let test_: TestApp;
let province: AgencyRow;
let neighbour: AgencyRow;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  test_ = await createTestApp();
  const country = await test_.world.country();
  ({ province, neighbour } = country);
  await test_.world.account('toan-quoc', country.ministry, { roles: [{ role: 'administrator', agency: country.nation }] });
  await test_.world.account('trong-tinh', country.department, { roles: [{ role: 'administrator', agency: province }] });
  await test_.world.account('hang-xom', neighbour);
  for (const name of ['toan-quoc', 'trong-tinh', 'hang-xom']) tokens[name] = await signInApi(test_.app, name, PASSWORD, { secondFactor: true });
  const trail = test_.app.get(AuditTrail);
  await test_.database.inTransaction((tx) => trail.recordMany(tx, [
    { action: 'cohort.created', subjectKind: 'cohort', subjectId: 1, agencyId: province.id, details: { programme: 'B', due: '2026-12-20' } },
    { action: 'cohort.created', subjectKind: 'cohort', subjectId: 2, agencyId: neighbour.id, details: { programme: 'A' } },
    { action: 'assignment.marked', subjectKind: 'assignment-submission', subjectId: 3, agencyId: province.id, details: { number: 1, passed: false, levels: { accuracy: 1 } } },
  ]));
});
afterAll(() => test_.close());

interface Answer { items: { action: string; agencyCode: string | null; subject: { name: string | null }; details: Record<string, unknown> }[]; next: string | null }

async function ask(username: string, query = ''): Promise<Answer> {
  const answer = await test_.app.inject({ method: 'GET', url: `/api/v1/audit${query}`, headers: { authorization: `Bearer ${tokens[username]}` } });
  expect(answer.statusCode).toBe(200);
  return answer.json<Answer>();
}
async function pageOf(username: string, query = '', lang = 'vi') {
  return test_.app.inject({ method: 'GET', url: `/audit${query}`, headers: { cookie: `lt_access=${tokens[username]}; lt_lang=${lang}` } });
}

describe('reading the audit trail', () => {
  it('shows everything to whoever answers for the country, newest first', async () => {
    const { items } = await ask('toan-quoc');
    expect(items.slice(0, 3).map((item) => [item.action, item.agencyCode])).toEqual([
      ['assignment.marked', 'T1'], ['cohort.created', 'T2'], ['cohort.created', 'T1'],
    ]);
  });

  it('shows a part of the tree what was done there and by its own people, and nothing of the neighbour', async () => {
    const { items } = await ask('trong-tinh');
    expect(items.filter((item) => item.agencyCode === 'T2')).toEqual([]);
    expect(items.filter((item) => item.agencyCode === 'T1')).toHaveLength(2);
    const signedIn = items.filter((item) => item.action === 'access.signed-in').map((item) => item.subject.name);
    expect(signedIn).toEqual(['Người dùng trong-tinh']);
  });

  it('gives every entry once over all its pages', async () => {
    const whole = (await ask('toan-quoc', '?limit=200')).items;
    const paged: Answer['items'] = [];
    for (let cursor = ''; ;) {
      const page = await ask('toan-quoc', `?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
  });

  it('is narrowed by what, who, where and when', async () => {
    expect((await ask('toan-quoc', '?action=cohort.created')).items).toHaveLength(2);
    expect((await ask('toan-quoc', '?agency=T2')).items).toHaveLength(1);
    expect((await ask('toan-quoc', '?actor=HANG-XOM')).items.map((item) => item.action)).toEqual(['access.signed-in']);
    expect((await ask('toan-quoc', '?from=2026-11-21')).items).toEqual([]);
    expect((await ask('toan-quoc', '?to=2026-11-19')).items).toEqual([]);
  });

  it('says nothing of marks', async () => {
    const [marked] = (await ask('toan-quoc', '?action=assignment.marked')).items;
    expect(marked?.details).toEqual({ number: 1 });
  });

  it('keeps a wrong filter as it was typed and says what is wrong', async () => {
    const page = await pageOf('trong-tinh', '?agency=T2&from=2026-11-02&to=2026-11-01');
    expect(page.statusCode).toBe(422);
    expect(page.payload).toContain('Ngày kết thúc sớm hơn ngày bắt đầu.');
    expect(page.payload).toContain('value="T2"');
    expect((await pageOf('trong-tinh', '?agency=T2')).statusCode).toBe(422);
  });

  it('hands out the same as a file, and keeps that it did', async () => {
    const file = await test_.app.inject({ method: 'GET', url: '/audit.csv?action=cohort.created', headers: { cookie: `lt_access=${tokens['toan-quoc']}` } });
    const lines = file.payload.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('Mở lớp');
    expect(lines[2]).toContain('hạn: 2026-12-20');
    expect((await ask('toan-quoc', '?action=audit.exported')).items[0]?.details).toMatchObject({ action: 'cohort.created' });
  });

  it('reads in both languages', async () => {
    expect((await pageOf('toan-quoc')).payload).toContain('Mở lớp');
    expect((await pageOf('toan-quoc', '', 'en')).payload).toContain('Class opened');
  });
});

describe('the words of the trail', () => {
  it.each(['vi', 'en'] as const)('name every action and every kind of subject in %s', (lang) => {
    expect(AUDIT_ACTIONS.filter((action) => !hasText(lang, `audit.actions.${action}`))).toEqual([]);
    expect(AUDIT_SUBJECTS.filter((kind) => !hasText(lang, `audit.subjects.${kind}`))).toEqual([]);
  });

  it('name nothing that is never recorded', () => {
    const named = textKeys('vi').flatMap((key) => (key.startsWith('audit.actions.') ? [key.slice('audit.actions.'.length)] : []));
    expect(named.filter((action) => !(AUDIT_ACTIONS as readonly string[]).includes(action))).toEqual([]);
  });
});
