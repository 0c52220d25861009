import type { TestApp } from '../support/test-app.js';
import { Asking, cellsOf, countryWithTargets, officer, pagesAs } from './support.js';

let testApp: TestApp;
let country: Awaited<ReturnType<typeof countryWithTargets>>['country'];

beforeAll(async () => {
  ({ testApp, country } = await countryWithTargets());
  for (let number = 0; number < 7; number += 1) {
    await officer(testApp, country.commune, { trainedFrom: number < 5 ? '2026-02-01' : undefined, group: 'grassroots-information' });
  }
  const both = await officer(testApp, country.unit, { trainedFrom: '2026-02-01' });
  await testApp.world.post(both, country.commune2, { group: 'external-information' });
  await officer(testApp, country.province, { name: '=cmd|calc' });
});
afterAll(() => testApp.close());

const decimal = (text: string) => (text === '' ? null : Number(text));
const whole = (rate: number | null) => (rate === null ? null : Math.round(rate * 10));

describe.each([['', 'the country'], ['?within=T1', 'a province'], ['?within=T1&group=grassroots-information', 'one group'],
  ['?asOf=2026-01-15', 'an earlier day'], ['?target=t70-2025', 'another target'], ['?level=commune', 'all communes'],
  ['?target=t100-awareness', 'a declared target']])('%s (%s)', (query) => {
  test('page, CSV, XLSX and API say the same', async () => {
    const asking = await Asking.as(testApp, 'quocgia');
    const answer = await asking.coverage(query);
    const lines = [{ agencyCode: '', ...answer.total }, ...answer.rows];
    const said = lines.map((line) => ({
      code: line.agencyCode, roster: line.roster, trained: line.trained, rate: line.rate, gap: line.gap,
      groups: line.byGroup.map((group) => [group.roster, group.trained, group.rate]),
    }));

    const csv = await asking.csv(`/api/v1/coverage.csv${query}`);
    const headcount = answer.target === 't100-awareness';
    const [roster, trained] = headcount ? ['Tổng số khai báo', 'Đã phổ biến'] : ['Danh sách', 'Đã đào tạo'];
    expect(csv.map((line) => ({
      code: line['Mã'], roster: Number(line[roster]), trained: Number(line[trained]),
      rate: decimal(line['Tỷ lệ (%)'] ?? ''), gap: decimal(line['Còn thiếu'] ?? ''),
      groups: answer.total.byGroup.map(({ group }) => ['danh sách', 'đã đào tạo', 'tỷ lệ (%)']
        .map((column) => decimal(line[`${GROUP[group]}: ${column}`] ?? ''))),
    }))).toEqual(said);
    expect(csv[0]).toMatchObject({ 'Chỉ tiêu': answer.target, 'Tính đến ngày': answer.asOf, 'Số liệu biết đến': answer.knownAs, 'Quy tắc tính, phiên bản': '1' });

    const sheet = await asking.xlsx(`/api/v1/coverage.xlsx${query}`);
    const about = new Map(sheet.slice(0, 10).map(([label, value]) => [label, value]));
    expect(about.get('Tính đến ngày')).toEqual(new Date(`${answer.asOf}T00:00:00Z`));
    expect(about.get('Số liệu biết đến')).toEqual(new Date(`${answer.knownAs}T00:00:00Z`));
    expect(about.get('Quy tắc tính, phiên bản')).toBe(1);
    expect(about.get('Lập lúc')).toEqual(new Date('2026-11-20T14:00:00Z'));
    const top = sheet.findIndex(([first]) => first === 'Mã');
    expect(sheet.slice(top + 1).map((cells) => ({
      code: cells[0] ?? '', roster: cells[3], trained: cells[4], rate: whole(cells[5] === null || cells[5] === undefined ? null : Number(cells[5]) * 100),
      gap: cells[6] ?? null,
      groups: answer.total.byGroup.map((_, at) => [cells[8 + 3 * at], cells[9 + 3 * at],
        whole(cells[10 + 3 * at] === null || cells[10 + 3 * at] === undefined ? null : Number(cells[10 + 3 * at]) * 100)]),
    }))).toEqual(said.map((line) => ({ ...line, rate: whole(line.rate), groups: line.groups.map(([r, t, rate]) => [r, t, whole(rate as number | null)]) })));

    const agent = await pagesAs(testApp, 'quocgia');
    const page = await agent.get(`/coverage${query}`).expect(200);
    const cells = cellsOf(page.text, 'agencies');
    const shown = (rate: number | null) => (rate === null ? 'chưa khai báo' : `${rate.toFixed(1).replace('.', ',')} %`);
    const [head, ...body] = cells;
    expect(head?.length).toBe(4 + answer.total.byGroup.length + (headcount ? 1 : 0));
    const total = body.pop();
    for (const [line, figure] of [...body.map((line) => [line, answer.rows.find((row) => line[0]?.endsWith(` ${row.agencyCode}`))] as const), [total, answer.total] as const]) {
      expect(line?.[1]?.replace(/ đạt$/, '')).toBe(shown(figure?.rate ?? null));
      expect(line?.slice(2, 4)).toEqual([String(figure?.gap ?? ''), figure?.roster ? `${figure.trained} trên ${figure.roster}` : '–']);
      figure?.byGroup.forEach((group, at) => {
        expect(line?.[4 + at]).toBe(group.roster > 0 || figure === answer.total
          ? shown(group.rate) + (group.roster > 0 ? ` ${group.trained} trên ${group.roster}` : '') : '–');
      });
    }
    expect(body).toHaveLength(answer.rows.length);
  });
});

const GROUP: Record<string, string> = {
  'communication': 'Chuyên trách truyền thông', 'grassroots-information': 'Thông tin cơ sở', 'external-information': 'Thông tin đối ngoại',
};

test('the files say what they are in the language that is asked for', async () => {
  const asking = await Asking.as(testApp, 'quocgia');
  const answer = await asking.get('/api/v1/coverage.csv').set('accept-language', 'en');
  expect(answer.text.split('\r\n')[0]).toContain('Agency');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="coverage-t70-2030-2026-11-20.csv"');
});

describe('the people behind a figure', () => {
  test('are as many as it says, by name, and so are those of the files', async () => {
    const asking = await Asking.as(testApp, 'quocgia');
    const { total } = await asking.coverage('?within=T1');
    const list = async (state: string) => ((await asking.get(`/api/v1/coverage/people?within=T1&state=${state}`)).body as {
      items: { name: string; trained: boolean; trainedThrough: string | null; criteria: { id: string; held: number; minimum: number }[] }[];
    }).items;
    expect(await list('trained')).toHaveLength(total.trained);
    expect(await list('not-trained')).toHaveLength(total.roster - total.trained);
    expect(await list('all')).toHaveLength(total.roster);
    const [first] = await list('trained');
    expect(first).toMatchObject({ trained: true, trainedThrough: null, criteria: [{ id: 'K1', held: 24, minimum: 24 }, { id: 'K2', held: 16, minimum: 16 }] });
    const csv = await asking.csv('/api/v1/coverage/people.csv?within=T1&state=not-trained');
    expect(csv.map((line) => line['Họ và tên'])).toContain("'=cmd|calc");
    expect(csv).toHaveLength(total.roster - total.trained);
    expect(csv[0]).toMatchObject({ 'Trạng thái': 'Chưa được đào tạo', 'Số tiết K1': '0' });
    expect((await asking.xlsx('/api/v1/coverage/people.xlsx?within=T1&state=all')).filter((cells) => cells[4] === 'Đã được đào tạo')).toHaveLength(total.trained);
  });

  test('every look and every export is recorded, without names', async () => {
    const before = await testApp.world.count('audit_entry');
    const asking = await Asking.as(testApp, 'tinh');
    await asking.get('/api/v1/coverage/people?within=X11').expect(200);
    await asking.csv('/api/v1/coverage/people.csv?within=X11&state=all');
    const entries = await testApp.database.reader.query<{ action: string; agency_id: number; actor_account_id: number | null; details: object }[]>(
      `SELECT action, agency_id, actor_account_id, details FROM audit_entry WHERE action LIKE 'coverage.people%' ORDER BY id DESC LIMIT 2`);
    expect(entries.map((entry) => entry.action)).toEqual(['coverage.people-exported', 'coverage.people-viewed']);
    expect(entries[0]).toMatchObject({
      agency_id: country.commune.id, actor_account_id: expect.any(Number) as number,
      details: { state: 'all', asOf: '2026-11-20', knownAs: '2026-11-20', agencies: [country.commune.id], group: null },
    });
    expect(await testApp.world.count('audit_entry')).toBeGreaterThan(before + 1);
  });

  test('there is nobody behind a declared number', async () => {
    const answer = await (await Asking.as(testApp, 'quocgia')).get('/api/v1/coverage/people?target=t100-awareness');
    expect(answer.status).toBe(422);
    expect((answer.body as { errors: object[] }).errors).toEqual([expect.objectContaining({ field: 'target', code: 'target-without-people' })]);
  });

  test('are handed out in pages, each person once, in the order of Vietnamese lists', async () => {
    for (const name of ['Trần Văn Ấn', 'Lê Thị An', 'Bùi Văn Bình', 'Nguyễn Thị Ánh']) await officer(testApp, country.neighbourCommune, { name });
    for (let number = 0; number < 60; number += 1) await officer(testApp, country.neighbour, { name: `Người Đợi ${String(number).padStart(2, '0')}` });
    const asking = await Asking.as(testApp, 'lang-gieng');
    const names: string[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const body = (await asking.get(`/api/v1/coverage/people?cursor=${cursor}`)).body as { items: { name: string }[]; next: string | null };
      names.push(...body.items.map((item) => item.name));
      cursor = body.next;
    }
    expect(pages).toBe(2);
    expect(names).toHaveLength(64);
    expect(new Set(names).size).toBe(64);
    expect(names.filter((name) => !name.startsWith('Người Đợi'))).toEqual(['Lê Thị An', 'Nguyễn Thị Ánh', 'Trần Văn Ấn', 'Bùi Văn Bình']);
    expect(await asking.csv('/api/v1/coverage/people.csv')).toHaveLength(64);
  });
});
