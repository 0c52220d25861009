import supertest from 'supertest';
import { rows } from '../../src/platform/database/sql.js';
import { fixtureCourse } from '../support/fixture-course.js';
import { csrfOf, postForm, signInPages } from '../support/sign-in.js';
import { postFile } from '../support/upload.js';
import * as make from './files.js';
import { createSetting, GOOD_TEXT, LEVELS, REMARK, type Setting } from './setting.js';

let at: Setting;
beforeAll(async () => {
  at = await createSetting();
});
beforeEach(() => at.reset());
afterAll(() => at.close());

const page = () => `/courses/${at.course.slug}/assignment`;
const file = (body: Buffer, name: string, fields: Record<string, string> = { text: '' }) => async () => {
  const agent = await signInPages(at.app, 'hocvien');
  return postFile(agent, `${page()}/submissions`, body, fields, { from: page(), name });
};

describe('the task before anything is written', () => {
  test('shows what is asked, the rubric and the warning, and opens no run', async () => {
    const agent = await signInPages(at.app, 'hocvien');
    const shown = await agent.get(page());
    expect(shown.status).toBe(200);
    for (const words of ['Viết một bản tin cho xã.', 'Chính xác mức 3', 'Không tải lên bí mật nhà nước, dữ liệu cá nhân của người khác',
      'tổng từ 14/20', 'Chưa nộp', 'PDF, DOCX, TXT']) expect(shown.text).toContain(words);
    expect(shown.text).not.toContain('Bài mẫu.');
    expect(shown.text).not.toContain('Hướng dẫn chấm.');
    expect(await at.world.count('course_run')).toBe(0);
  });

  test('is in English for those who ask for it, and the same to programs', async () => {
    const agent = await signInPages(at.app, 'hocvien');
    await agent.get('/language/en');
    const shown = await agent.get(page());
    for (const words of ['Write a priority bulletin', 'Not handed in', 'Do not upload state secrets', 'at least 14/20']) expect(shown.text).toContain(words);
    const learner = await at.as('hocvien');
    const body = (await learner.get(at.assignment)).body as object;
    expect(body).toMatchObject({ state: 'nothing', mayHandIn: 1, draft: null, submissions: [], modelAnswer: null });
    expect(JSON.stringify(body)).not.toContain('Hướng dẫn chấm');
  });

  test('is not there for a course without one, for a course that is not, and for nobody', async () => {
    const learner = await at.as('hocvien');
    for (const slug of ['khong-co-khoa-nay', '%00', 'A%20B']) {
      expect((await learner.get(`/api/v1/courses/${slug}/assignment`)).status).toBe(404);
    }
    const without = await fixtureCourse(at.database, { code: 'T2' });
    const answer = await learner.get(`/api/v1/courses/${without.slug}/assignment`);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([404, 'assignment-not-found']);
    expect((await supertest(at.app.getHttpServer()).get(at.assignment)).status).toBe(401);
    expect((await supertest(at.app.getHttpServer()).post(`${at.assignment}/submissions`).send({ text: GOOD_TEXT })).status).toBe(401);
  });
});

describe('a draft', () => {
  test('is kept with a receipt, overwritten, and gone once handed in', async () => {
    const learner = await at.as('hocvien');
    const saved = await learner.put(`${at.assignment}/draft`).send({ text: 'Dòng đầu\r\nDòng hai ' });
    expect([saved.status, saved.body]).toEqual([200, { savedAt: at.clock.now().toISOString() }]);
    at.clock.advance({ minutes: 2 });
    await learner.put(`${at.assignment}/draft`).send({ text: 'Dòng đầu\nDòng hai sửa ' });
    const body = (await learner.get(at.assignment)).body as object;
    expect(body).toMatchObject({ state: 'draft', draft: { text: 'Dòng đầu\nDòng hai sửa ', savedAt: at.clock.now().toISOString() } });
    expect((await learner.post(`${at.assignment}/submissions`).send({ text: GOOD_TEXT })).status).toBe(201);
    expect(await at.world.count('assignment_draft')).toBe(0);
    // A save that was on its way does not bring it back.
    const late = await learner.put(`${at.assignment}/draft`).send({ text: 'muộn' });
    expect([late.status, (late.body as { code: string }).code]).toEqual([409, 'assignment-waiting']);
    expect(await at.world.count('assignment_draft')).toBe(0);
  });

  test('is saved by a button where there is no script', async () => {
    const agent = await signInPages(at.app, 'hocvien');
    const saved = await postForm(agent, `${page()}/draft`, { text: 'Đang viết dở' }, page());
    expect([saved.status, saved.headers.location]).toEqual([303, `${page()}#text`]);
    const shown = await agent.get(page());
    expect(shown.text).toContain('Đang viết dở</textarea>');
    expect(shown.text).toContain('Đã lưu nháp lúc 14:00:00');
  });

  test('of one person is nobody else’s', async () => {
    await at.world.account('dongnghiep', at.place.commune);
    await (await at.as('hocvien')).put(`${at.assignment}/draft`).send({ text: 'của riêng' });
    expect((await (await at.as('dongnghiep')).get(at.assignment)).body).toMatchObject({ state: 'nothing', draft: null });
  });
});

describe('handing in', () => {
  test('a text is received, with a receipt and the day of the result', async () => {
    const agent = await signInPages(at.app, 'hocvien');
    const sent = await postFile(agent, `${page()}/submissions`, '', { text: GOOD_TEXT, number: '1' }, { from: page(), name: '' });
    expect([sent.status, sent.headers.location]).toEqual([303, page()]);
    const shown = await agent.get(page());
    for (const words of ['Đã nhận bài thực hành', 'Chờ chấm', 'Nhận lúc 20/11/2026 14:00', '12 chữ', 'không kèm tệp', 'hết ngày 04/12/2026', GOOD_TEXT]) {
      expect(shown.text).toContain(words);
    }
    expect(shown.text).not.toContain('<textarea');
    const [entry] = await rows<{ action: string; details: unknown }>(at.database.reader, `SELECT action, details FROM audit_entry WHERE action LIKE 'assignment.%'`);
    expect(entry?.action).toBe('assignment.handed-in');
    expect(JSON.stringify(entry)).not.toContain('Bản tin');
  });

  test('a file is received, kept whole and handed back as a download only', async () => {
    const body = make.docx('đúng '.repeat(300_000).slice(0, 900_000));
    const learner = await at.as('hocvien');
    const sent = await learner.post(`${at.assignment}/submissions`).field('text', 'Xem tệp.').attach('file', body, 'Bài của “tôi” (1).docx');
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ number: 1, file: { name: 'Bài của “tôi” (1).docx', size: body.length }, dueOn: '2026-12-04', result: null });
    for (const href of [(sent.body as { file: { href: string } }).file.href]) {
      const got = await learner.get(href).buffer(true).parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done(null, Buffer.concat(parts)));
      });
      expect(got.status).toBe(200);
      expect(body.equals(got.body as Buffer)).toBe(true);
      expect(got.headers['content-disposition']).toMatch(/^attachment; filename="Bai cua _toi_ _1_\.docx"; filename\*=UTF-8''B%C3%A0i/);
      expect(got.headers['x-content-type-options']).toBe('nosniff');
      expect(got.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
      expect(got.headers['cache-control']).toBe('private, no-store');
    }
  });

  test('a file of many parts comes back byte by byte', async () => {
    const body = Buffer.concat([make.pdf(), Buffer.alloc(2_500_000, 0x37), Buffer.from('\n%%EOF')]);
    const learner = await at.as('hocvien');
    expect((await learner.post(`${at.assignment}/submissions`).attach('file', body, 'bai.pdf')).status).toBe(201);
    expect(await at.world.count('stored_file_part')).toBe(3);
    const agent = await signInPages(at.app, 'hocvien');
    const got = await agent.get(`${page()}/submissions/1/file`).buffer(true).parse((answer, done) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => done(null, Buffer.concat(parts)));
    });
    expect(got.headers['content-length']).toBe(String(body.length));
    expect(body.equals(got.body as Buffer)).toBe(true);
  });

  test.each([
    ['a program called .pdf', make.exe(), 'bai.pdf'],
    ['a drawing with a script', make.svg(), 'hinh.svg'],
    ['a page called .pdf', make.html(), 'bai.pdf'],
    ['a sound, where texts are asked for', make.mp3(), 'tin.mp3'],
  ])('%s is refused; what was typed stays', async (_what, body, name) => {
    const answer = await file(body, name, { text: 'Phần đã viết' })();
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Tệp này không thuộc loại được nhận (PDF, DOCX, TXT)');
    expect(answer.text).toContain('href="#file"');
    expect(answer.text).toContain('Phần đã viết</textarea>');
    expect(await at.world.count('stored_file')).toBe(0);
    expect(await at.world.count('assignment_submission')).toBe(0);
  });

  test('Word with macros is refused', async () => {
    for (const [body, name] of [[make.docm(), 'bai.docm'], [make.docm(), 'bai.docx'], [make.docxWithMacros(), 'bai.docx']] as const) {
      const answer = await file(body, name)();
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('Tệp có chứa macro');
    }
  });

  test('a file that is too large or empty is refused; what was typed stays', async () => {
    const large = await file(Buffer.concat([make.pdf(), Buffer.alloc(5 * 1024 * 1024)]), 'bai.pdf', { text: 'Phần đã viết' })();
    expect([large.status, large.text.includes('Tệp quá lớn: tối đa 5 MB'), large.text.includes('Phần đã viết</textarea>')]).toEqual([422, true, true]);
    const huge = await file(Buffer.concat([make.pdf(), Buffer.alloc(51 * 1024 * 1024)]), 'bai.pdf', { text: 'Phần đã viết' })();
    expect([huge.status, huge.text.includes('Tệp quá lớn: tối đa'), huge.text.includes('Phần đã viết</textarea>')]).toEqual([422, true, true]);
    const empty = await file(Buffer.alloc(0), 'bai.pdf', { text: GOOD_TEXT })();
    expect([empty.status, empty.text.includes('Chưa chọn tệp, hoặc tệp rỗng')]).toEqual([422, true]);
    expect(await at.world.count('assignment_submission')).toBe(0);
  });

  test('the server counts the words', async () => {
    const learner = await at.as('hocvien');
    const short = await learner.post(`${at.assignment}/submissions`).send({ text: 'Chỉ có bốn' });
    expect([short.status, short.body]).toMatchObject([422, { errors: [{ field: 'text', code: 'words-too-few', detail: 'Phần viết có 3 chữ, cần ít nhất 5.' }] }]);
    const long = await learner.post(`${at.assignment}/submissions`).send({ text: 'chữ '.repeat(201) });
    expect([long.status, long.body]).toMatchObject([422, { errors: [{ code: 'words-too-many' }] }]);
    const none = await learner.post(`${at.assignment}/submissions`).send({});
    expect(none.status).toBe(422);
    expect((await learner.post(`${at.assignment}/submissions`).send({ text: 'x'.repeat(120_001) })).status).toBe(422);
  });

  test('twice at once is one submission, and both get the same answer', async () => {
    const learner = await at.as('hocvien');
    const sent = await Promise.all(Array.from({ length: 6 }, () =>
      learner.post(`${at.assignment}/submissions`).field('text', 'Xem tệp').field('number', '1').attach('file', make.pdf(), 'bai.pdf')));
    expect(sent.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(sent.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await at.world.count('assignment_submission')).toBe(1);
    expect(await at.world.count('stored_file')).toBe(1);
  });

  test('something else while the first waits is refused, and shown again so that it is not lost', async () => {
    await at.handIn();
    const agent = await signInPages(at.app, 'hocvien');
    const answer = await postForm(agent, `${page()}/submissions`, { text: `${GOOD_TEXT} Sửa thêm ở thẻ khác.` }, '/notice');
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Bài đã nộp đang chờ chấm');
    expect(answer.text).toContain('Sửa thêm ở thẻ khác.');
    expect(await at.world.count('assignment_submission')).toBe(1);
  });

  test('a form without its token is refused', async () => {
    const agent = await signInPages(at.app, 'hocvien');
    expect((await agent.post(`${page()}/submissions`).type('form').send({ text: GOOD_TEXT })).status).toBe(403);
    const shown = await agent.get(page());
    expect((await agent.post(`${page()}/submissions`).type('form').send({ text: GOOD_TEXT, _csrf: csrfOf(shown.text) })).status).toBe(303);
  });
});

describe('a second time', () => {
  const mark = async (id: number, levels: Record<string, number>) => {
    const answer = await (await at.as('nguoicham')).post(`/api/v1/marking/${id}`).send({ levels, remark: REMARK });
    expect(answer.status).toBe(201);
  };
  const FAILED = { ...LEVELS, legality: 1 };

  test('is possible once after "Chưa đạt", with something changed, and ends well', async () => {
    await mark(await at.handIn(), FAILED);
    const agent = await signInPages(at.app, 'hocvien');
    const shown = await agent.get(page());
    for (const words of ['Chưa đạt', '13/20', REMARK, 'Đúng luật mức 1', 'Được nộp lại một lần', `${GOOD_TEXT}</textarea>`]) expect(shown.text).toContain(words);
    expect(shown.text).not.toContain('Bài mẫu.');

    const same = await postForm(agent, `${page()}/submissions`, { text: GOOD_TEXT, number: '2' }, page());
    expect([same.status, same.text.includes('Bài giống hệt lần trước')]).toEqual([422, true]);
    const again = await postForm(agent, `${page()}/submissions`, { text: `${GOOD_TEXT} Có nguồn.`, number: '2' }, page());
    expect(again.status).toBe(303);
    const body = (await (await at.as('hocvien')).get(at.assignment)).body as { submissions: { id: number }[] };
    expect(body).toMatchObject({ state: 'waiting', mayHandIn: null, submissions: [{ number: 1 }, { number: 2, result: null }] });
    await mark(body.submissions[1]?.id as number, LEVELS);
    const done = await agent.get(page());
    for (const words of ['Bài thực hành đã hoàn thành', '15/20', 'Bài mẫu.']) expect(done.text).toContain(words);
    expect(done.text).not.toContain('Hướng dẫn chấm.');
  });

  test('a third is refused', async () => {
    await mark(await at.handIn(), FAILED);
    await mark(await at.handIn('hocvien', `${GOOD_TEXT} Lần hai.`), FAILED);
    const learner = await at.as('hocvien');
    const third = await learner.post(`${at.assignment}/submissions`).send({ text: `${GOOD_TEXT} Lần ba.` });
    expect([third.status, (third.body as { code: string }).code]).toEqual([409, 'assignment-none-left']);
    expect((await learner.get(at.assignment)).body).toMatchObject({ state: 'not-passed', mayHandIn: null });
    expect(await at.world.count('assignment_submission')).toBe(2);
  });

  test('after passing nothing more is taken', async () => {
    await mark(await at.handIn(), LEVELS);
    const learner = await at.as('hocvien');
    const more = await learner.post(`${at.assignment}/submissions`).send({ text: `${GOOD_TEXT} Thêm.` });
    expect([more.status, (more.body as { code: string }).code]).toEqual([409, 'assignment-passed']);
    // The very same work is no second hand-in: a broken line may have swallowed the first answer.
    expect((await learner.post(`${at.assignment}/submissions`).send({ text: GOOD_TEXT })).status).toBe(200);
  });

  test('a form of the first time, sent late, does not become the second', async () => {
    await mark(await at.handIn(), FAILED);
    const learner = await at.as('hocvien');
    const stale = await learner.post(`${at.assignment}/submissions`).send({ text: `${GOOD_TEXT} Từ thẻ cũ.`, number: 1 });
    expect([stale.status, (stale.body as { code: string }).code]).toEqual([409, 'assignment-handed-in-already']);
  });
});

test('a newer version changes nothing for who has begun', async () => {
  await (await at.as('hocvien')).put(`${at.assignment}/draft`).send({ text: 'bắt đầu' });
  await fixtureCourse(at.database, { assignment: false });
  const answer = await (await at.as('hocvien')).get(at.assignment);
  expect([answer.status, (answer.body as { course: { version: number } }).course.version]).toEqual([200, 1]);
});
