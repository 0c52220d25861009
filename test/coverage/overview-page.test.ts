import type { TestApp } from '../support/test-app.js';
import { address, shortName } from '../../src/coverage/coverage.page.js';
import { countryWithTargets, officer, pagesAs } from './support.js';

let testApp: TestApp;
let country: Awaited<ReturnType<typeof countryWithTargets>>['country'];

beforeAll(async () => {
  ({ testApp, country } = await countryWithTargets());
});
afterAll(() => testApp.close());

const h1 = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));

test('before anybody is listed it says so, shows no 0 %, and gives the first step', async () => {
  const { text } = await (await pagesAs(testApp, 'quocgia')).get('/coverage').expect(200);
  expect(h1(text)).toBe('Chưa khai báo danh sách cán bộ');
  expect(text).not.toContain('0,0 %');
  expect(hrefs(text)).toContain('/roster/imports/new');
});

describe('with people', () => {
  beforeAll(async () => {
    for (let number = 0; number < 10; number += 1) {
      await officer(testApp, country.commune, { trainedFrom: number < 6 ? '2026-02-01' : undefined, trainedTo: number === 0 ? '2026-12-01' : undefined });
    }
  });

  test('the heading answers whether the target is met and how many people are missing', async () => {
    const agent = await pagesAs(testApp, 'quocgia');
    const page = await agent.get('/coverage').expect(200);
    expect(h1(page.text)).toBe('Chưa đạt chỉ tiêu: còn thiếu 1 người được đào tạo');
    expect(page.text).toContain('Chỉ tiêu 2030: 70 %');
    expect(page.text).toContain('60,0 %');
    expect(page.text).toContain('Theo quy tắc tính phiên bản 1');
    expect(page.text).toContain('Có hai câu nói đến 70 %');
    await agent.get('/language/en');
    expect(h1((await agent.get('/coverage').expect(200)).text)).toBe('Target not met: 1 more person has to be trained');
    await agent.get('/language/vi');
    expect(h1((await agent.get('/coverage?group=external-information')).text)).toBe('Chưa khai báo danh sách cán bộ');
    await officer(testApp, country.commune, { trainedFrom: '2026-03-01' });
    await officer(testApp, country.commune, { trainedFrom: '2026-03-01' });
    await officer(testApp, country.commune, { trainedFrom: '2026-03-01' });
    await officer(testApp, country.commune, { trainedFrom: '2026-03-01' });
    expect(h1((await agent.get('/coverage')).text)).toBe('Đạt chỉ tiêu: 71,4 % cán bộ đã được đào tạo');
  });

  test('a row leads down to the agency, a gap to its people, and what was chosen stays chosen', async () => {
    const agent = await pagesAs(testApp, 'quocgia');
    const links = hrefs((await agent.get('/coverage?asOf=2027-01-01')).text);
    expect(links).toContain('/coverage?asOf=2027-01-01&within=T1');
    expect(links).toContain('/coverage/people?asOf=2027-01-01&state=not-trained');
    expect(links).toContain('/api/v1/coverage.xlsx?asOf=2027-01-01');
    const province = (await agent.get('/coverage?asOf=2027-01-01&within=T1').expect(200)).text;
    expect(hrefs(province)).toContain('/coverage?asOf=2027-01-01&within=X11');
    expect(province).toContain('Tỉnh Ví Dụ Một');
    expect(province).toContain('Ngày này chưa tới');
  });

  test('says what has changed since a month before', async () => {
    const agent = await pagesAs(testApp, 'quocgia');
    const { text } = await agent.get('/coverage?asOf=2026-12-10').expect(200);
    expect(text).toMatch(/Thay đổi so với 10\/11\/2026: −7,2 điểm/);
    expect(text).toMatch(/Hết hạn<\/th><td class="r">−1</);
  });

  test('what was typed wrongly stays, is named, and the page is still there', async () => {
    const agent = await pagesAs(testApp, 'quocgia');
    const page = await agent.get('/coverage?knownAs=2030-01-01&asOf=2026-05-01').expect(422);
    expect(page.text).toContain('value="2030-01-01"');
    expect(page.text).toContain('value="2026-05-01"');
    expect(page.text).toContain('Chưa thể biết số liệu của ngày chưa tới');
    expect(page.text).toMatch(/<details class="no-print" open>/);
  });

  test('a neighbour, and whoever has no business there, see nothing of it', async () => {
    const neighbour = await pagesAs(testApp, 'lang-gieng');
    await neighbour.get('/coverage?within=T1').expect(404);
    await neighbour.get('/coverage/people?within=X11').expect(404);
    expect((await neighbour.get('/coverage').expect(200)).text).not.toContain('Xã Mẫu Một');
    const learner = await pagesAs(testApp, 'hocvien');
    await learner.get('/coverage').expect(403);
    await learner.get('/coverage/people').expect(403);
  });

  test('the people behind a figure stand there by name with what they hold', async () => {
    const person = await officer(testApp, country.commune2, { name: 'Lò Văn Mẫu' });
    await testApp.world.post(person, country.department, { title: 'Phó Trưởng phòng' });
    const agent = await pagesAs(testApp, 'tinh');
    const { text } = await agent.get('/coverage/people?within=X12').expect(200);
    expect(h1(text)).toBe('1 người chưa được đào tạo');
    expect(text).toContain('Lò Văn Mẫu');
    expect(text).toContain('K1: 0/24 tiết');
    // The other post is not under the agency that was asked for.
    expect(text).not.toContain('Phó Trưởng phòng');
    expect(h1((await agent.get('/coverage/people?within=X12&state=trained').expect(200)).text)).toBe('Chưa có ai được đào tạo');
  });
});

test('without a published target the page says what is missing', async () => {
  const { testApp: other } = await countryWithTargets();
  await other.database.reader.query('DELETE FROM target_version');
  const page = await (await pagesAs(other, 'quocgia')).get('/coverage').expect(200);
  expect(h1(page.text)).toBe('Chưa có chỉ tiêu nào được công bố');
  await other.close();
});

test.each([
  ['Tỉnh Cao Bằng', 'Cao Bằng'], ['Thành phố Hồ Chí Minh', 'Hồ Chí Minh'], ['Cao Bang Province', 'Cao Bang'], ['Bộ Y tế', 'Bộ Y tế'],
  ['Đặc khu Hoàng Sa', 'Hoàng Sa'], ['Xã hội học', 'Xã hội học'],
])('%s is %s for short', (name, short) => {
  expect(shortName(name)).toBe(short);
});

test('an address holds what was chosen and nothing else', () => {
  expect(address('/coverage', { target: undefined, within: '', asOf: '2026-01-01', group: 'a&b' })).toBe('/coverage?asOf=2026-01-01&group=a%26b');
  expect(address('/coverage', {})).toBe('/coverage');
});
