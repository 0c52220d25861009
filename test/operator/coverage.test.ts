import { parse } from 'csv-parse/sync';
import { LoadBaseAgencies } from '../../src/agencies/index.js';
import { runCommand } from '../../src/operator/run-command.js';
import { PublishTargets } from '../../src/programmes/index.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
  await testApp.app.get(LoadBaseAgencies).run();
  await testApp.app.get(PublishTargets).run();
});
afterAll(() => testApp.close());

async function lms(typed: string) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runCommand(typed.split(' '), {
    DATABASE_URL: testApp.config.databaseUrl, SECRET_KEY: 'a-secret-of-the-tests-0123456789abcdef',
    IDENTITY_KEY: 'an-identity-key-of-the-tests-0123456789', LOG_LEVEL: 'silent',
  }, { say: (line) => said.push(line), complain: (line) => complained.push(line) });
  return { code, said: said.join('\n'), complained };
}

test('lms coverage writes the figures of 56 ministries and provinces and their total', async () => {
  const { code, said } = await lms('coverage --target t70-2030 --as-of 2026-11-20 --format csv');
  expect(code).toBe(0);
  const lines = parse<Record<string, string>>(said, { columns: true, bom: true });
  expect(lines).toHaveLength(57);
  expect(lines[0]).toMatchObject({ 'Mã': '', 'Danh sách': '0', 'Tỷ lệ (%)': '', 'Trạng thái': 'chưa khai báo', 'Tính đến ngày': '2026-11-20' });
});

test('lms coverage as JSON is what the API answers', async () => {
  const { code, said } = await lms('coverage --as-of 2026-11-20 --within 01 --format json');
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ target: 't70-2030', asOf: '2026-11-20', within: { agencyCode: '01' }, total: { roster: 0, rate: null } });
});

test('what cannot be is refused with a reason, what is no option with the usage', async () => {
  const refused = await lms('coverage --as-of 2026-02-30');
  expect([refused.code, refused.complained.join()]).toEqual([1, expect.stringContaining('asOf: Chưa phải một ngày có thật')]);
  expect((await lms('coverage --within KHONG-CO')).code).toBe(1);
  expect((await lms('coverage --colour red')).code).toBe(2);
  expect((await lms('coverage --format pdf')).code).toBe(2);
});
