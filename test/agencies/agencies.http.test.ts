import supertest from 'supertest';
import { LoadBaseAgencies } from '../../src/agencies/index.js';
import { rows } from '../../src/platform/database/sql.js';
import { postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { postFile } from '../support/upload.js';
import type { AgencyRow } from '../support/world.js';

let t: TestApp;
let root: AgencyRow;
let province: AgencyRow;
const http = () => supertest(t.app.getHttpServer());

beforeAll(async () => {
  t = await createTestApp();
  await t.app.get(LoadBaseAgencies).run();
  const agencies = await rows<AgencyRow>(
    t.database.reader,
    `SELECT agency_id AS id, code FROM agency_version WHERE code IN ('VN', '04')
    ORDER BY code DESC`,
  );
  [root, province] = agencies as [AgencyRow, AgencyRow];
  await t.world.account('quocgia', root, { roles: [{ role: 'national', agency: root }] });
  await t.world.account('quantri', root, { roles: [{ role: 'administrator', agency: root }] });
  await t.world.account('quantri.tinh', province, { roles: [{ role: 'administrator', agency: province }] });
  await t.world.account('dieuphoi', province, { roles: [{ role: 'coordinator', agency: province }] });
  await t.world.account('hocvien', province);
});
afterAll(() => t.close());

const HEADER = 'code,name_vi,name_en,full_name_vi,full_name_en,type,parent';
const communes = (count: number, parent = '04', first = 1) => [HEADER, ...Array.from({ length: count }, (_, index) => {
  const code = String(first + index).padStart(5, '0');
  return `${code},Mẫu ${code},Mau ${code},Xã Mẫu ${code},Mau ${code} Commune,xã,${parent}`;
})].join('\n');

async function upload(token: string, body: string | Buffer, fields: Record<string, string> = {}, name = 'xa.csv') {
  const request = http().post('/api/v1/agencies/imports').set('authorization', `Bearer ${token}`);
  for (const [key, value] of Object.entries(fields)) void request.field(key, value);
  return request.attach('file', Buffer.from(body), name);
}

describe('the list of agencies', () => {
  test('is for those who sign in', async () => {
    await http().get('/api/v1/agencies').expect(401);
    await http().get('/agencies').expect(303).expect('location', /^\/sign-in/);
  });

  test('answers by parent, type, name and day, page by page', async () => {
    const token = await signInApi(t.app, 'hocvien');
    const get = (query: string) => http().get(`/api/v1/agencies${query}`).set('authorization', `Bearer ${token}`);
    const under = await get('?parent=VN&limit=200').expect(200);
    expect((under.body as { items: unknown[] }).items).toHaveLength(56);
    const cities = await get('?type=city').expect(200);
    expect((cities.body as { items: { code: string }[] }).items.map((item) => item.code)).toEqual([
      '01',
      '31',
      '46',
      '48',
      '75',
      '79',
      '92',
    ]);
    const before = await get('?type=city&asOf=2026-04-29').expect(200);
    expect((before.body as { items: unknown[] }).items).toHaveLength(6);
    const found = await get('?q=thanh hoa').set('accept-language', 'en').expect(200);
    expect((found.body as { items: unknown[] }).items).toEqual([
      {
        code: '38',
        name: 'Thanh Hoa Province',
        nameVi: 'Tỉnh Thanh Hóa',
        nameEn: 'Thanh Hoa Province',
        type: 'province',
        parent: 'VN',
        from: '2025-07-01',
        to: null,
        children: 0,
      },
    ]);
    const first = await get('?limit=40').expect(200);
    const { next, items } = first.body as { next: string; items: unknown[] };
    const second = await get(`?limit=40&cursor=${next}`).expect(200);
    expect(items.length + (second.body as { items: unknown[] }).items.length).toBe(57);
    await get('?parent=KHONG').expect(404);
    await get('?type=district').expect(422);
    await get('?asOf=2026-02-30').expect(422);
  });

  test('one agency comes with the chain above it, as it was on the day', async () => {
    const token = await signInApi(t.app, 'hocvien');
    const answer = await http()
      .get('/api/v1/agencies/75?asOf=2026-01-01')
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    expect(answer.body).toMatchObject({
      name: 'Tỉnh Đồng Nai',
      type: 'province',
      to: '2026-04-29',
      path: 'Tỉnh Đồng Nai',
      ancestors: [{ code: 'VN' }],
    });
    await http().get('/api/v1/agencies/99').set('authorization', `Bearer ${token}`).expect(404);
  });

  test('the page shows a level and finds without marks', async () => {
    const agent = await signInPages(t.app, 'hocvien');
    const tree = await agent.get('/agencies').expect(200);
    expect(tree.text).toContain('Cả nước: 56 đơn vị trực thuộc');
    const found = await agent.get('/agencies?q=hue').expect(200);
    expect(found.text).toContain('Thành phố Huế');
    expect((await agent.get('/agencies?q=khong-co-dau').expect(200)).text).toContain('Không có tên hoặc mã nào khớp');
    expect((await agent.get('/agencies?asOf=2026-04-29&type=city')).text).not.toContain('Đồng Nai');
  });
});

describe('an import of agencies', () => {
  test('is for the operator, not for a coordinator', async () => {
    for (const username of ['dieuphoi', 'hocvien']) {
      const token = await signInApi(t.app, username);
      expect((await upload(token, communes(1))).status).toBe(403);
    }
    await http().get('/api/v1/agencies/imports/1').expect(401);
  });

  test('shows first, applies when confirmed, applies once, and finds nothing new the second time', async () => {
    const token = await signInApi(t.app, 'quantri');
    const versions = await t.world.count('agency_version');
    const preview = await upload(token, communes(3));
    expect(preview.status).toBe(201);
    const {
      id,
      counts,
      rows: shown,
    } = preview.body as { id: number; counts: Record<string, number>; rows: Record<string, unknown>[] };
    expect(counts).toEqual({ new: 3, changed: 0, unchanged: 0, error: 0 });
    expect(shown[0]).toMatchObject({
      line: 2,
      outcome: 'new',
      code: '00001',
      name: 'Xã Mẫu 00001',
      type: 'commune',
      from: '2025-07-01',
    });
    expect(await t.world.count('agency_version')).toBe(versions);

    const confirm = () => http().post(`/api/v1/agencies/imports/${id}/confirm`).set('authorization', `Bearer ${token}`);
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    expect(both[0]?.body).toEqual({ id, status: 'confirmed', counts });
    expect(await t.world.count('agency_version')).toBe(versions + 3);
    const commune = await http().get('/api/v1/agencies/00002').set('authorization', `Bearer ${token}`).expect(200);
    expect((commune.body as { path: string }).path).toBe('Xã Mẫu 00002, Tỉnh Cao Bằng');

    const again = await upload(token, communes(3));
    expect((again.body as { counts: unknown }).counts).toEqual({ new: 0, changed: 0, unchanged: 3, error: 0 });
  });

  test('says what is wrong by row and column, in words, and applies the rest', async () => {
    const token = await signInApi(t.app, 'quantri');
    const body = 'mã;tên;loại;cấp trên\n00050;Xã Năm Mươi;xã;04\n00051;;huyện;\n00052;Xã Năm Hai;xã;9999\n';
    const preview = await upload(token, body);
    const {
      id,
      counts,
      rows: shown,
    } = preview.body as { id: number; counts: unknown; rows: { problems: { column: string; detail: string }[] }[] };
    expect(counts).toEqual({ new: 1, changed: 0, unchanged: 0, error: 2 });
    expect(shown[1]?.problems.map((problem) => problem.column)).toEqual(['name_vi', 'type']);
    expect(shown[1]?.problems[1]?.detail).toContain('huyện');
    expect(shown[2]?.problems[0]?.detail).toBe('Không có cơ quan, đơn vị nào mang mã 9999.');
    const errors = await http()
      .get(`/api/v1/agencies/imports/${id}?outcome=error&limit=1`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    const page = errors.body as { rows: { line: number }[]; next: string };
    expect(page.rows.map((row) => row.line)).toEqual([3]);
    const rest = await http()
      .get(`/api/v1/agencies/imports/${id}?outcome=error&cursor=${page.next}`)
      .set('authorization', `Bearer ${token}`);
    expect((rest.body as { rows: { line: number }[] }).rows.map((row) => row.line)).toEqual([4]);
    await http().post(`/api/v1/agencies/imports/${id}/confirm`).set('authorization', `Bearer ${token}`).expect(200);
    await http().get('/api/v1/agencies/00050').set('authorization', `Bearer ${token}`).expect(200);
    await http().get('/api/v1/agencies/00051').set('authorization', `Bearer ${token}`).expect(404);
  });

  test('a change of type keeps the past: the tree of then can be asked again', async () => {
    const token = await signInApi(t.app, 'quantri');
    const made = await upload(token, communes(1, '04', 60));
    await http()
      .post(`/api/v1/agencies/imports/${(made.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    const change = await upload(
      token,
      'code,name_vi,type,parent,from\n00060,Phường Mẫu Sáu Mươi,phường,04,30/04/2026\n',
    );
    expect(change.body).toMatchObject({
      counts: { changed: 1 },
      rows: [{ changes: [{ field: 'nameVi' }, { field: 'type', before: 'commune', after: 'ward' }] }],
    });
    await http()
      .post(`/api/v1/agencies/imports/${(change.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    const on = async (day: string) =>
      (await http().get(`/api/v1/agencies/00060?asOf=${day}`).set('authorization', `Bearer ${token}`)).body as unknown;
    expect(await on('2026-04-29')).toMatchObject({ type: 'commune', name: 'Xã Mẫu 00060', to: '2026-04-29' });
    expect(await on('2026-04-30')).toMatchObject({ type: 'ward', name: 'Phường Mẫu Sáu Mươi', to: null });
  });

  test('is refused when the tree has changed since the preview', async () => {
    const token = await signInApi(t.app, 'quantri');
    const first = await upload(token, communes(1, '04', 70));
    const second = await upload(token, communes(1, '04', 70).replace('Xã Mẫu', 'Xã Khác'));
    await http()
      .post(`/api/v1/agencies/imports/${(first.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    const stale = await http()
      .post(`/api/v1/agencies/imports/${(second.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`);
    expect([stale.status, (stale.body as { code: string }).code]).toEqual([409, 'import-stale']);
  });

  test('nobody confirms what another has previewed, nor changes what is outside their part', async () => {
    const token = await signInApi(t.app, 'quantri');
    const provincial = await signInApi(t.app, 'quantri.tinh');
    const preview = await upload(token, communes(1, '04', 80));
    const { id } = preview.body as { id: number };
    await http().get(`/api/v1/agencies/imports/${id}`).set('authorization', `Bearer ${provincial}`).expect(404);
    await http()
      .post(`/api/v1/agencies/imports/${id}/confirm`)
      .set('authorization', `Bearer ${provincial}`)
      .expect(404);
    const outside = await upload(provincial, `${communes(1, '04', 81)}\n00082,x,x,Xã Ngoài,x,xã,08`);
    expect((outside.body as { rows: unknown[] }).rows).toMatchObject([
      { outcome: 'new' },
      { outcome: 'error', problems: [{ code: 'agency-out-of-scope' }] },
    ]);
  });

  test('a ring in the file is refused and nothing is written', async () => {
    const token = await signInApi(t.app, 'quantri');
    const made = await upload(token, 'code,name_vi,type,parent\nRA,Đơn vị A,đơn vị,04\nRB,Đơn vị B,đơn vị,RA\n');
    await http()
      .post(`/api/v1/agencies/imports/${(made.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    const ring = await upload(token, 'code,name_vi,type,parent\nRA,Đơn vị A,đơn vị,RB\n');
    const answer = await http()
      .post(`/api/v1/agencies/imports/${(ring.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([409, 'agency-cycle']);
  });

  test.each([
    ['a file that is missing', '', 'file-missing'],
    ['a PDF', '%PDF-1.4', 'file-not-a-table'],
    ['TCVN3', Buffer.from('6d612c74656e0a312c486fb5', 'hex'), 'file-encoding'],
    ['a file without a code column', 'tên,loại\nA,xã', 'column-missing'],
    ['a heading twice', 'mã,code,tên,loại\n1,1,A,xã', 'column-twice'],
    ['only a heading', 'mã,tên,loại\n', 'file-empty'],
  ])('%s is refused on the field', async (_name, body, code) => {
    const token = await signInApi(t.app, 'quantri');
    const answer = await upload(token, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'form-invalid', errors: [{ field: 'file', code }] });
  });

  test('the 3,400 communes of a whole country take seconds', async () => {
    const token = await signInApi(t.app, 'quocgia');
    const list = communes(3_400, '08', 10_000);
    const started = performance.now();
    const preview = await upload(token, list);
    await http()
      .post(`/api/v1/agencies/imports/${(preview.body as { id: number }).id}/confirm`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    expect(performance.now() - started).toBeLessThan(15_000);
    const [row] = await rows<{ n: number }>(
      t.database.reader,
      'SELECT count(*)::int AS n FROM agency_closure WHERE ancestor_id = $1 AND superseded_at = $2',
      [root.id, 'infinity'],
    );
    expect(row?.n).toBeGreaterThan(3_450);
  });
});

describe('the pages of an import', () => {
  test('upload, look, confirm', async () => {
    const agent = await signInPages(t.app, 'quantri');
    const empty = await agent.get('/agencies/imports').expect(200);
    expect(empty.text).toContain('Nhập danh sách cơ quan, đơn vị');
    const sent = await postFile(agent, '/agencies/imports', communes(2, '04', 90));
    expect(sent.status).toBe(303);
    const at = sent.headers.location as string;
    const shown = await agent.get(at).expect(200);
    expect(shown.text).toContain('2 cơ quan, đơn vị sẽ được cập nhật');
    const confirmed = await postForm(agent, `${at}/confirm`, {}, at);
    expect([confirmed.status, confirmed.headers.location]).toEqual([303, at]);
    expect((await agent.get(at)).text).toContain('Đã cập nhật 2 cơ quan, đơn vị');
  });

  test('a bad file comes back to the form with the reason and what was typed', async () => {
    const agent = await signInPages(t.app, 'quantri');
    const sent = await postFile(agent, '/agencies/imports', '%PDF-1.4', { effective: '2026-01-01' });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('Tệp này không phải bảng tính');
    expect(sent.text).toContain('value="2026-01-01"');
  });

  test('is nothing for a coordinator', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    await agent.get('/agencies/imports').expect(403);
  });
});
