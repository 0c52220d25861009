import supertest from 'supertest';
import { IssueCertificate, ReconcileCertificates, RecogniseLearning } from '../../src/certificates/index.js';
import type { CertificateFacts } from '../../src/certificates/index.js';
import { one, rows } from '../../src/platform/database/sql.js';
import { RecordLessonVisit } from '../../src/study/index.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AccountRow } from '../support/world.js';

type Country = Awaited<ReturnType<TestApp['world']['country']>>;
interface Stored { id: number; number: string; verify_code: string; facts: CertificateFacts; valid_to: string }

describe('certificates', () => {
  let test_: TestApp;
  let country: Country;
  let course: FixtureCourse;
  let learner: AccountRow;

  const certificatesOf = (personId: number) =>
    rows<Stored>(test_.database.reader, 'SELECT * FROM certificate WHERE person_id = $1 ORDER BY id', [personId]);

  /** Finishes every lesson of the fixture course, which asks for nothing else. */
  async function complete(personId: number): Promise<void> {
    for (const lesson of course.lessons) {
      await test_.database.inTransaction((tx) =>
        test_.app.get(RecordLessonVisit).byId(tx, personId, lesson.id, 'finished', test_.clock.now()));
    }
  }

  beforeAll(async () => {
    test_ = await createTestApp();
    country = await test_.world.country();
    course = await fixtureCourse(test_.database, { quiz: null, validityMonths: 36 });
    learner = await test_.world.account('hocvien', country.commune, { name: 'Lò Thị Mẫu', group: 'grassroots-information' });
    await test_.world.account('dieuphoi', country.department, { roles: [{ role: 'coordinator', agency: country.province }] });
    await test_.world.account('langgieng', country.neighbour, { roles: [{ role: 'coordinator', agency: country.neighbour }] });
    await complete(learner.personId);
  });
  afterAll(() => test_.close());

  test('is issued in the transaction that completes the course, with the facts of that day', async () => {
    const [certificate] = await certificatesOf(learner.personId);
    expect(certificate?.number).toMatch(/^LT-2026-\d{6}$/);
    expect(certificate?.verify_code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(certificate?.valid_to).toBe('2029-11-20');
    expect(certificate?.facts).toMatchObject({
      kind: 'course', name: 'Lò Thị Mẫu', agency: { vi: 'Xã Mẫu Một, Tỉnh Ví Dụ Một' }, code: course.code, periods: 6,
      from: '2026-11-20', to: '2026-11-20', score: null, assignmentPassed: null, proofs: [{ criterion: 'K1', periods: 6 }],
    });
  });

  test('is issued once, however often it is asked for', async () => {
    const { id } = await one<{ id: number }>(test_.database.reader, 'SELECT id FROM course_completion WHERE person_id = $1', [learner.personId]);
    const issue = test_.app.get(IssueCertificate);
    const again = await Promise.all(Array.from({ length: 8 }, () =>
      test_.database.inTransaction((tx) => issue.run(tx, { kind: 'course', completionId: id, at: test_.clock.now() }))));
    expect(again).toEqual(Array(8).fill(false));
    expect(await certificatesOf(learner.personId)).toHaveLength(1);
  });

  test('says for ever what it said when it was issued', async () => {
    const [before] = await certificatesOf(learner.personId);
    await test_.database.reader.query(`UPDATE agency_version SET name_vi = 'Xã Tên Mới' WHERE agency_id = $1`, [country.commune.id]);
    await test_.database.reader.query(`UPDATE person SET full_name = 'Tên Đã Đổi' WHERE id = $1`, [learner.personId]);
    const page = await supertest(test_.app.getHttpServer()).get(`/verify/${before?.verify_code}`);
    expect(page.text).toContain('Lò Thị Mẫu');
    expect(page.text).toContain('Xã Mẫu Một');
    expect(page.text).not.toContain('Tên Đã Đổi');
    await test_.database.reader.query(`UPDATE agency_version SET name_vi = 'Xã Mẫu Một' WHERE agency_id = $1`, [country.commune.id]);
  });

  test('can be verified by anyone, typed as people type', async () => {
    const [certificate] = await certificatesOf(learner.personId);
    const server = supertest(test_.app.getHttpServer());
    const typed = certificate?.verify_code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const redirected = await server.get(`/verify?code=${encodeURIComponent(typed ?? '')}`);
    expect([redirected.status, redirected.headers.location]).toEqual([303, `/verify/${certificate?.verify_code}`]);

    const json = await server.get(`/verify/${certificate?.verify_code}`).set('accept', 'application/json');
    expect(json.body).toMatchObject({ state: 'valid', number: certificate?.number, name: 'Lò Thị Mẫu', validThrough: '2029-11-19' });
    expect((await server.get('/verify/0000-0000-0000').set('accept', 'application/json')).status).toBe(404);
    expect((await server.get('/verify?code=abc')).status).toBe(422);
  });

  test.each([
    ['vi', 'Giấy chứng nhận có thật nhưng đã hết giá trị', '2029-11-20T00:00:00+07:00'],
    ['en', 'genuine but no longer valid', '2029-11-20T00:00:00+07:00'],
    ['vi', 'Giấy chứng nhận có thật và còn giá trị', '2029-11-19T23:59:59+07:00'],
  ])('shows its state on the day it is asked (%s: %s)', async (lang, words, at) => {
    const [certificate] = await certificatesOf(learner.personId);
    test_.clock.set(at);
    const page = await supertest(test_.app.getHttpServer()).get(`/verify/${certificate?.verify_code}`).set('cookie', `lt_lang=${lang}`);
    test_.clock.set('2026-11-20T14:00:00+07:00');
    expect(page.status).toBe(200);
    expect(page.text).toContain(words);
  });

  test('shows that it was revoked, and why', async () => {
    const other = await test_.world.account('bi.thu.hoi', country.commune, { name: 'Người Bị Thu Hồi' });
    await complete(other.personId);
    const [certificate] = await certificatesOf(other.personId);
    await test_.database.reader.query(
      `INSERT INTO certificate_revocation (certificate_id, reason, revoked_at) VALUES ($1, 'Cấp nhầm người', $2)`,
      [certificate?.id, test_.clock.now()]);
    const page = await supertest(test_.app.getHttpServer()).get(`/verify/${certificate?.verify_code}`);
    expect(page.text).toContain('Giấy chứng nhận đã bị thu hồi');
    expect(page.text).toContain('Cấp nhầm người');
  });

  test('is read by its owner and by who answers for her, and does not exist for anyone else', async () => {
    const [certificate] = await certificatesOf(learner.personId);
    const ask = async (username: string) => {
      const token = await signInApi(test_.app, username);
      return (await supertest(test_.app.getHttpServer()).get(`/api/v1/certificates/${certificate?.number}`).set('authorization', `Bearer ${token}`)).status;
    };
    expect([await ask('hocvien'), await ask('dieuphoi'), await ask('langgieng')]).toEqual([200, 200, 404]);
  });

  test('is drawn as a PDF with embedded fonts', async () => {
    const [certificate] = await certificatesOf(learner.personId);
    const agent = await signInPages(test_.app, 'hocvien');
    const pdf = await agent.get(`/certificates/${certificate?.number}.pdf`).buffer(true).parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
    const body = pdf.body as Buffer;
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(body.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(body.includes('Tinos')).toBe(true);
    expect(body.includes('/FontFile2')).toBe(true);
  });

  test('is missing nowhere: the reconciliation finds what was lost and then nothing', async () => {
    const reconcile = test_.app.get(ReconcileCertificates);
    expect(await reconcile.run()).toBe(0);
    const other = await test_.world.account('bi.mat', country.commune);
    await complete(other.personId);
    await test_.database.reader.query('DELETE FROM certificate WHERE person_id = $1', [other.personId]);
    expect(await reconcile.run()).toBe(1);
    expect(await reconcile.run()).toBe(0);
    expect(await certificatesOf(other.personId)).toHaveLength(1);
  });

  test('recognised learning is recorded with who decided it', async () => {
    await test_.database.inTransaction((tx) => test_.app.get(RecogniseLearning).run(tx, {
      personId: learner.personId, criterion: 'K2', periods: 16, title: 'Lớp ở nơi khác', evidence: 'Giấy số 1', from: '2026-01-01', decidedBy: null,
    }, test_.clock.now()));
    expect(await rows(test_.database.reader, `SELECT 1 FROM audit_entry WHERE action = 'learning.recognised'`)).toHaveLength(1);
  });
});
