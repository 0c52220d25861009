import supertest from 'supertest';
import { rows } from '../../src/platform/database/sql.js';
import { Facts } from '../../src/platform/facts.js';
import { fixtureCourse } from '../support/fixture-course.js';
import { postForm, signInPages } from '../support/sign-in.js';
import * as make from './files.js';
import { createSetting, GOOD_TEXT, LEVELS, REMARK, type Setting } from './setting.js';

let at: Setting;
beforeAll(async () => {
  at = await createSetting();
  const { neighbour, neighbourCommune, province, commune, nation } = at.place;
  await at.world.account('nguoicham2', neighbourCommune, { roles: [{ role: 'assessor', agency: nation }] });
  await at.world.account('cungxa', commune, { roles: [{ role: 'assessor', agency: nation }] });
  await at.world.account('tinhkhac', neighbourCommune, { roles: [{ role: 'assessor', agency: neighbour }] });
  await at.world.account('trongtinh', at.place.commune2, { roles: [{ role: 'assessor', agency: province }] });
  await at.world.account('dieuphoi', province, { roles: [{ role: 'coordinator', agency: province }] });
  await at.world.account('tucham', at.place.department, { roles: [{ role: 'assessor', agency: nation }] });
});
beforeEach(() => at.reset());
afterAll(() => at.close());

interface Queue { waiting: number; overdue: number; items: { id: number; dueOn: string; overdue: boolean; agencyType: string }[]; next: string | null }
const queueOf = async (username: string, query = '') => (await (await at.as(username)).get(`/api/v1/marking${query}`)).body as Queue;
const answerOf = async (username: string, id: number, body: object = { levels: LEVELS, remark: REMARK }) => {
  const answer = await (await at.as(username)).post(`/api/v1/marking/${id}`).send(body);
  return [answer.status, (answer.body as { code?: string }).code];
};
const form = (levels: Record<string, number> = LEVELS, remark = REMARK) => ({
  ...Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels.${id}`, level])), remark,
});

describe('the queue', () => {
  test('is oldest first, counts what is overdue, and goes on by cursor', async () => {
    for (const name of ['hv1', 'hv2', 'hv3']) {
      await at.world.account(name, at.place.commune2);
      await at.handIn(name);
      at.clock.advance({ days: 5 });
    }
    // Handed in on 20/11, 25/11 and 30/11: due on 04/12, 09/12 and 14/12.
    at.clock.set('2026-12-04T23:59:59+07:00');
    expect(await queueOf('nguoicham')).toMatchObject({ waiting: 3, overdue: 0, items: [{ dueOn: '2026-12-04' }, { dueOn: '2026-12-09' }, { dueOn: '2026-12-14' }] });
    at.clock.set('2026-12-05T00:00:00+07:00');
    const late = await queueOf('nguoicham', '?limit=2');
    expect([late.waiting, late.overdue, late.items.map((item) => item.overdue)]).toEqual([3, 1, [true, false]]);
    const rest = await queueOf('nguoicham', `?limit=2&after=${late.next}`);
    expect([rest.items.length, rest.next]).toEqual([1, null]);
    expect(rest.items[0]?.id).toBeGreaterThan(late.items[1]?.id as number);

    const agent = await signInPages(at.app, 'nguoicham');
    const shown = await agent.get('/marking');
    for (const words of ['3 bài chờ chấm, 1 bài quá hạn', 'Quá hạn 1 ngày', 'Phường', '04/12/2026']) expect(shown.text).toContain(words);
    expect(shown.text).not.toContain('Người dùng hv1');
  });

  test('says so when nothing waits, in both languages', async () => {
    const agent = await signInPages(at.app, 'nguoicham');
    expect((await agent.get('/marking')).text).toContain('Đã chấm hết');
    await agent.get('/language/en');
    expect((await agent.get('/marking')).text).toContain('Nothing waits to be marked');
  });

  test('is closed to nobody, learners and coordinators', async () => {
    const id = await at.handIn();
    const nobody = supertest(at.app.getHttpServer());
    expect((await nobody.get('/api/v1/marking')).status).toBe(401);
    expect((await nobody.post(`/api/v1/marking/${id}`).send({ levels: LEVELS, remark: REMARK })).status).toBe(401);
    for (const username of ['hocvien', 'dieuphoi']) {
      const asker = await at.as(username);
      for (const path of ['/api/v1/marking', `/api/v1/marking/${id}`, `/api/v1/marking/${id}/file`, '/marking', `/marking/${id}`]) {
        expect([path, (await asker.get(path)).status]).toEqual([path, 403]);
      }
      expect(await answerOf(username, id)).toEqual([403, 'forbidden']);
    }
    expect(await at.world.count('assignment_marking')).toBe(0);
  });
});

describe('who may mark what', () => {
  test('work of a colleague is not shown and not marked: 404', async () => {
    const id = await at.handIn();
    expect((await queueOf('cungxa')).waiting).toBe(0);
    const asker = await at.as('cungxa');
    expect((await asker.get(`/api/v1/marking/${id}`)).status).toBe(404);
    expect((await asker.get(`/marking/${id}`)).status).toBe(404);
    expect((await asker.get(`/api/v1/marking/${id}/file`)).status).toBe(404);
    expect(await answerOf('cungxa', id)).toEqual([404, 'submission-not-found']);
    expect((await queueOf('nguoicham')).waiting).toBe(1);
  });

  test('work from elsewhere in the tree is not shown and not marked: 404', async () => {
    const id = await at.handIn();
    expect((await queueOf('tinhkhac')).waiting).toBe(0);
    expect(await answerOf('tinhkhac', id)).toEqual([404, 'submission-not-found']);
    expect((await queueOf('trongtinh')).waiting).toBe(1);
    expect(await answerOf('trongtinh', id)).toEqual([201, undefined]);
  });

  test('nobody marks their own work', async () => {
    const id = await at.handIn('tucham');
    expect((await queueOf('tucham')).waiting).toBe(0);
    expect(await answerOf('tucham', id)).toEqual([404, 'submission-not-found']);
  });

  test('an assessor who has become a colleague since may mark no more', async () => {
    const id = await at.handIn();
    const mover = await at.world.account('chuyenden', at.place.department, { roles: [{ role: 'assessor', agency: at.place.nation }] });
    expect((await queueOf('chuyenden')).waiting).toBe(1);
    await at.world.post({ id: mover.personId, name: '' }, at.place.commune, { from: '2026-11-23' });
    expect((await queueOf('chuyenden')).waiting).toBe(1);
    at.clock.set('2026-11-23T08:00:00+07:00');
    expect((await queueOf('chuyenden')).waiting).toBe(0);
    expect(await answerOf('chuyenden', id)).toEqual([404, 'submission-not-found']);
  });

  test('work of somebody who has left stays with those who could mark it; without any post, with the nation', async () => {
    const leaver = await at.world.person('Người Đã Chuyển');
    await at.world.post(leaver, at.place.commune2, { to: '2026-11-25' });
    await at.database.reader.query(
      `INSERT INTO account (person_id, username, password_hash, password_changed_at, notice_accepted_at, created_at)
       SELECT $1, 'dachuyen', password_hash, $2, $2, $2 FROM account WHERE username = 'hocvien'`, [leaver.id, at.clock.now()]);
    await at.handIn('dachuyen');
    at.clock.set('2026-12-01T08:00:00+07:00');
    expect((await queueOf('nguoicham')).waiting).toBe(1);
    expect((await queueOf('trongtinh')).waiting).toBe(0);
    await at.reset();
    at.clock.set('2026-12-01T08:00:00+07:00');
    await at.handIn('dachuyen');
    expect((await queueOf('nguoicham')).waiting).toBe(1);
    expect((await queueOf('tinhkhac')).waiting).toBe(0);
  });
});

describe('marking', () => {
  test('shows the work without its author, the rubric, the guide and the model answer', async () => {
    const learner = await at.as('hocvien');
    const sent = await learner.post(`${at.assignment}/submissions`).field('text', 'Xem tệp kèm theo.').attach('file', make.docx(), 'Lò Văn Mẫu - bài làm.docx');
    const { id } = sent.body as { id: number };
    const agent = await signInPages(at.app, 'nguoicham');
    const shown = await agent.get(`/marking/${id}`);
    expect(shown.status).toBe(200);
    for (const words of ['Xem tệp kèm theo.', 'Chính xác mức 4', 'Hướng dẫn chấm.', 'Bài mẫu.', `bai-nop-${id}.docx`, 'Xã']) expect(shown.text).toContain(words);
    expect(shown.text).not.toContain('Lò Văn');
    const asked = await (await at.as('nguoicham')).get(`/api/v1/marking/${id}`);
    expect(JSON.stringify(asked.body)).not.toContain('Lò Văn');
    expect(asked.body).toMatchObject({ agencyType: 'commune', file: { name: `bai-nop-${id}.docx` }, dueOn: '2026-12-04', result: null });

    const got = await agent.get(`/marking/${id}/file`);
    expect(got.headers['content-disposition']).toContain(`attachment; filename="bai-nop-${id}.docx"`);
    expect(got.headers['x-content-type-options']).toBe('nosniff');
    expect(got.headers['content-security-policy']).toContain('sandbox');
  });

  test('the file of a submission is for its owner and its assessors', async () => {
    const learner = await at.as('hocvien');
    const sent = await learner.post(`${at.assignment}/submissions`).attach('file', make.pdf(), 'bai.pdf');
    const { id } = sent.body as { id: number };
    expect((await learner.get(`${at.assignment}/submissions/1/file`)).status).toBe(200);
    expect((await learner.get(`${at.assignment}/submissions/2/file`)).status).toBe(404);
    await at.world.account('nguoila', at.place.commune2);
    expect((await (await at.as('nguoila')).get(`${at.assignment}/submissions/1/file`)).status).toBe(404);
    expect((await (await at.as('nguoila')).get(`/api/v1/marking/${id}/file`)).status).toBe(403);
    expect((await (await at.as('tinhkhac')).get(`/api/v1/marking/${id}/file`)).status).toBe(404);
    expect((await (await at.as('nguoicham2')).get(`/api/v1/marking/${id}/file`)).status).toBe(200);
    expect((await supertest(at.app.getHttpServer()).get(`${at.assignment}/submissions/1/file`)).status).toBe(401);
  });

  test('a pass is kept, told to the learner, audited, and published once', async () => {
    const told: unknown[] = [];
    at.app.get(Facts).on('assignment-marked', (_tx, fact) => Promise.resolve(told.push(fact)));
    const id = await at.handIn();
    const agent = await signInPages(at.app, 'nguoicham');
    const sent = await postForm(agent, `/marking/${id}`, form(), `/marking/${id}`);
    expect([sent.status, sent.headers.location]).toEqual([303, '/marking']);
    expect((await agent.get('/marking')).text).toContain('Đã lưu kết quả chấm: Đạt.');
    // Pressed twice: the same answer, nothing more.
    expect((await postForm(agent, `/marking/${id}`, form(), '/notice')).status).toBe(303);
    expect(told).toEqual([{ submissionId: id, courseRunId: expect.any(Number) as number, passed: true, at: at.clock.now() }]);

    const [marking] = await rows<object>(at.database.reader, 'SELECT * FROM assignment_marking');
    expect(marking).toMatchObject({ submission_id: id, levels: LEVELS, remark: REMARK, passed: true, assessor_account_id: at.assessor.id });
    const audit = await rows<object>(at.database.reader, `SELECT action, actor_account_id, details FROM audit_entry WHERE action = 'assignment.marked'`);
    expect(audit).toMatchObject([{ actor_account_id: at.assessor.id, details: { passed: true, levels: LEVELS } }]);
    expect(JSON.stringify(audit)).not.toContain('nguồn');

    const body = (await (await at.as('hocvien')).get(at.assignment)).body as object;
    expect(body).toMatchObject({ state: 'passed', submissions: [{ result: { levels: LEVELS, total: 15, passed: true, remark: REMARK } }] });
    expect(JSON.stringify(body)).not.toContain('nguoicham');
    expect((await agent.get(`/marking/${id}`)).text).toContain('Kết quả đã chấm');
    const learner = await signInPages(at.app, 'hocvien');
    expect((await learner.get(`/courses/${at.course.slug}/study`)).text).toContain('Đạt');
  });

  test('the outcome is what the rule says of the levels', async () => {
    const id = await at.handIn();
    const answer = await (await at.as('nguoicham')).post(`/api/v1/marking/${id}`).send({ levels: { ...LEVELS, accuracy: 1 }, remark: REMARK, passed: true });
    expect([answer.status, answer.body]).toEqual([201, { passed: false, total: 13 }]);
  });

  test('a criterion without a level or a short remark is refused; what was chosen and written stays', async () => {
    const id = await at.handIn();
    const agent = await signInPages(at.app, 'nguoicham');
    const { legality: _left, ...four } = LEVELS;
    const answer = await postForm(agent, `/marking/${id}`, form(four), `/marking/${id}`);
    expect(answer.status).toBe(422);
    for (const words of ['Đúng luật: Chưa chọn mức.', 'href="#levels.legality"', `${REMARK}</textarea>`]) expect(answer.text).toContain(words);
    expect(answer.text.match(/ checked/g)).toHaveLength(4);
    const short = await postForm(agent, `/marking/${id}`, form(LEVELS, 'Tốt.'), `/marking/${id}`);
    expect([short.status, short.text.includes('ít nhất 20 ký tự'), short.text.match(/ checked/g)?.length]).toEqual([422, true, 5]);
    const nothing = await postForm(agent, `/marking/${id}`, {}, `/marking/${id}`);
    expect([nothing.status, nothing.text.includes('Cần sửa 6 chỗ')]).toEqual([422, true]);
    for (const levels of [{ ...LEVELS, accuracy: 5 }, { ...LEVELS, accuracy: 0 }, { ...LEVELS, accuracy: 2.5 }, { ...LEVELS, accuracy: 'x' }]) {
      expect(await answerOf('nguoicham', id, { levels, remark: REMARK })).toEqual([422, 'form-invalid']);
    }
    expect(await answerOf('nguoicham', id, { remark: REMARK })).toEqual([422, 'form-invalid']);
    expect(await answerOf('nguoicham', id, { levels: LEVELS })).toEqual([422, 'form-invalid']);
    expect(await at.world.count('assignment_marking')).toBe(0);
  });

  test('of two assessors at once one is taken, the other told so clearly', async () => {
    const id = await at.handIn();
    const [one, two] = [await at.as('nguoicham'), await at.as('nguoicham2')];
    const answers = await Promise.all([one, two, one, two].map((asker, index) =>
      asker.post(`/api/v1/marking/${id}`).send({ levels: LEVELS, remark: `${REMARK} Người ${index % 2}.` })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 201, 409, 409]);
    expect(await at.world.count('assignment_marking')).toBe(1);

    const loser = (answers[0]?.status ?? 0) < 300 ? 'nguoicham2' : 'nguoicham';
    const agent = await signInPages(at.app, loser);
    const page = await postForm(agent, `/marking/${id}`, form(LEVELS, 'Nhận xét của người đến sau, khá dài.'), '/notice');
    expect(page.status).toBe(409);
    for (const words of ['Bài này đã có người chấm', 'Nhận xét của người đến sau', 'Về danh sách chờ chấm']) expect(page.text).toContain(words);
    expect((await agent.get(`/marking/${id}`)).text).toContain('Bài này đã có người chấm');
    expect((await (await at.as(loser)).get(`/api/v1/marking/${id}`)).status).toBe(409);
  });

  test('an assessor does not mark the same work anew', async () => {
    const id = await at.handIn();
    expect(await answerOf('nguoicham', id)).toEqual([201, undefined]);
    expect(await answerOf('nguoicham', id)).toEqual([200, undefined]);
    expect(await answerOf('nguoicham', id, { levels: { ...LEVELS, clarity: 4 }, remark: REMARK })).toEqual([409, 'submission-marked-already']);
  });

  test('a resubmission comes with what was said of the first', async () => {
    const first = await at.handIn();
    await answerOf('nguoicham', first, { levels: { ...LEVELS, legality: 1 }, remark: 'Thiếu nguồn của con số thứ hai trong bài.' });
    const second = await at.handIn('hocvien', `${GOOD_TEXT} Nguồn: báo cáo của xã.`);
    const agent = await signInPages(at.app, 'nguoicham2');
    const shown = await agent.get(`/marking/${second}`);
    for (const words of ['Lần nộp trước và nhận xét', 'Thiếu nguồn của con số thứ hai', '13/20', 'Nguồn: báo cáo của xã.']) expect(shown.text).toContain(words);
  });

  test('what does not exist is not found', async () => {
    for (const id of ['999999', '0', '-1', 'abc', '99999999999999999999']) {
      expect((await (await at.as('nguoicham')).get(`/api/v1/marking/${id}`)).status).toBe(404);
    }
    expect((await (await at.as('nguoicham')).get('/api/v1/marking?after=x')).status).toBe(422);
  });
});

test('handing in and marking the last missing part completes the course, once', async () => {
  const course = await fixtureCourse(at.database, { code: 'T3', quiz: null, assignment: true });
  const learner = await at.as('hocvien');
  for (const lesson of course.lessons) await learner.post(`/api/v1/lessons/${lesson.id}/visits`).send({ kind: 'finished' });
  const sent = await learner.post(`/api/v1/courses/${course.slug}/assignment/submissions`).send({ text: GOOD_TEXT });
  expect(await at.world.count('course_completion')).toBe(0);
  expect(await answerOf('nguoicham', (sent.body as { id: number }).id)).toEqual([201, undefined]);
  expect(await at.world.count('course_completion')).toBe(1);
});
