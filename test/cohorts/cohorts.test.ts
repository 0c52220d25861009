import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { Facts } from '../../src/platform/facts.js';
import type { PeopleEnrolled } from '../../src/cohorts/index.js';
import { fixtureCourse } from '../support/fixture-course.js';
import { fixtureProgramme } from '../support/fixture-programme.js';
import { postForm, signInApi, signInPages, type PageAgent } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AgencyRow, PersonRow } from '../support/world.js';

interface Body {
  id: number; assigned: number; due: string; code: string; people: number[]; items: { id: number }[];
  errors?: { field: string; code: string }[];
}

describe('Classes: opening, assigning, extending, withdrawing', () => {
  let test: TestApp;
  let country: Awaited<ReturnType<TestApp['world']['country']>>;
  let tokens: Record<'province' | 'neighbour' | 'nation' | 'commune' | 'leader' | 'learner', string>;
  let programme: string;
  const enrolled: PeopleEnrolled[] = [];

  const api = (token: string) => {
    const agent = supertest(test.app.getHttpServer());
    const auth = { authorization: `Bearer ${token}` };
    const read = async (request: supertest.Test) => {
      const answer = await request;
      return { status: answer.status, body: answer.body as Body };
    };
    return {
      get: (url: string) => read(agent.get(`/api/v1${url}`).set(auth)),
      post: (url: string, body: object, headers: Record<string, string> = {}) =>
        read(agent.post(`/api/v1${url}`).set({ ...auth, ...headers }).send(body)),
      patch: (url: string, body: object) => read(agent.patch(`/api/v1${url}`).set(auth).send(body)),
    };
  };
  const wish = (more: object = {}) => ({ programme, agency: 'T1', title: 'Thông tin cơ sở, đợt 2', opens: '2026-11-01', due: '2026-12-20', ...more });
  const open = async (more: object = {}, token = tokens.province) => {
    const answer = await api(token).post('/cohorts', wish(more));
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const people = async (agency: AgencyRow, count: number, options: Parameters<TestApp['world']['post']>[2] = {}): Promise<PersonRow[]> => {
    const made: PersonRow[] = [];
    for (let i = 0; i < count; i += 1) {
      const person = await test.world.person();
      await test.world.post(person, agency, { group: 'press', ...options });
      made.push(person);
    }
    return made;
  };
  const members = async (cohortId: number) => (await rows<{ id: number }>(test.database.reader,
    'SELECT person_id AS id FROM enrolment WHERE cohort_id = $1 AND withdrawn_at IS NULL ORDER BY 1', [cohortId])).map((row) => row.id);
  const ids = (list: PersonRow[]) => list.map((person) => person.id);

  beforeAll(async () => {
    test = await createTestApp();
    country = await test.world.country();
    const course = await fixtureCourse(test.database);
    programme = (await fixtureProgramme(test.database, [course])).slug;
    const manage = (agency: AgencyRow, role: 'coordinator' | 'leader' | 'national' = 'coordinator') => ({ roles: [{ role, agency }] });
    await test.world.account('dieuphoi', country.department, manage(country.province));
    await test.world.account('langgieng', country.neighbourCommune, manage(country.neighbour));
    await test.world.account('quocgia', country.ministry, manage(country.nation, 'national'));
    await test.world.account('xa', country.commune, manage(country.commune));
    await test.world.account('lanhdao', country.department, manage(country.province, 'leader'));
    await test.world.account('hocvien', country.commune);
    tokens = {
      province: await signInApi(test.app, 'dieuphoi'), neighbour: await signInApi(test.app, 'langgieng'),
      nation: await signInApi(test.app, 'quocgia'), commune: await signInApi(test.app, 'xa'),
      leader: await signInApi(test.app, 'lanhdao'), learner: await signInApi(test.app, 'hocvien'),
    };
    test.app.get(Facts).on('people-enrolled', async (_tx, fact) => { enrolled.push(fact); return Promise.resolve(); });
  });
  afterAll(() => test.close());
  beforeEach(() => { enrolled.length = 0; });

  describe('who may', () => {
    it('keeps a class to the agencies above it and its own', async () => {
      const { id } = await open();
      for (const [who, status] of [['province', 200], ['leader', 200], ['nation', 200], ['neighbour', 404], ['commune', 404], ['learner', 403]] as const) {
        expect([who, (await api(tokens[who]).get(`/cohorts/${id}`)).status]).toEqual([who, status]);
        expect([who, (await api(tokens[who]).get(`/cohorts/${id}/progress`)).status]).toEqual([who, status]);
      }
      expect((await supertest(test.app.getHttpServer()).get(`/api/v1/cohorts/${id}`)).status).toBe(401);
      const seen = (token: string) => api(token).get('/cohorts').then((answer) =>
        answer.body.items.some((cohort) => cohort.id === id));
      expect(await seen(tokens.province)).toBe(true);
      expect(await seen(tokens.neighbour)).toBe(false);
    });

    it('answers every change of a class of others as if it were not there', async () => {
      const { id } = await open();
      const [person] = await people(country.neighbourCommune, 1);
      const own = [person?.id ?? 0];
      const neighbour = api(tokens.neighbour);
      expect((await neighbour.patch(`/cohorts/${id}`, { title: 'Của tôi' })).status).toBe(404);
      expect((await neighbour.post(`/cohorts/${id}/members`, { people: own })).status).toBe(404);
      expect((await neighbour.post(`/cohorts/${id}/withdrawals`, { people: own })).status).toBe(404);
      expect((await neighbour.post(`/cohorts/${id}/extensions`, { people: own, due: '2026-12-30', reason: 'x' })).status).toBe(404);
      expect((await api(tokens.leader).post(`/cohorts/${id}/members`, { people: own })).status).toBe(403);
      expect(await members(id)).toEqual([]);
    });

    it.each(['0', '-1', 'abc', '99999999999999999999', '999999'])('finds no class at %s', async (address) => {
      expect((await api(tokens.nation).get(`/cohorts/${address}`)).status).toBe(404);
    });

    it('opens no class for an agency of others, nor for one that does not exist', async () => {
      for (const agency of ['T2', 'X21', 'VN', 'KHONG-CO']) {
        const answer = await api(tokens.province).post('/cohorts', wish({ agency }));
        expect([agency, answer.status, answer.body.errors]).toEqual([agency, 422, [
          expect.objectContaining({ field: 'agency', code: 'agency-not-in-scope' })]]);
      }
    });
  });

  describe('opening', () => {
    it('names every field that is wrong', async () => {
      const answer = await api(tokens.province).post('/cohorts', { due: 'mai', members: { people: [1], rule: {} } });
      expect(answer.status).toBe(422);
      expect(answer.body.errors?.map((error) => error.field).sort())
        .toEqual(['agency', 'due', 'members', 'opens', 'programme', 'title']);
    });

    it.each([
      [{ due: '2026-10-31' }, 'due', 'due-before-opens'],
      [{ due: '2026-11-19' }, 'due', 'due-in-past'],
      [{ programme: 'khong-co' }, 'programme', 'programme-not-found'],
    ])('refuses %j', async (more, field, code) => {
      const answer = await api(tokens.province).post('/cohorts', wish(more));
      expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field, code })]]);
    });

    it('takes today as a due date, for the day is not over', async () => {
      await open({ due: '2026-11-20' });
    });

    it('refuses a programme in which nothing can be studied yet', async () => {
      const empty = await fixtureProgramme(test.database, [{ courseId: 0, code: 'Z1', requirement: 'preparation' }], { code: 'Z' });
      const answer = await api(tokens.province).post('/cohorts', wish({ programme: empty.slug }));
      expect(answer.body.errors).toEqual([expect.objectContaining({ code: 'programme-not-assignable' })]);
    });

    it('makes one class of the same request, however often and however close together it is sent', async () => {
      const both = await people(country.commune, 2);
      const body = wish({ title: 'Gửi hai lần', members: { people: ids(both) } });
      const send = () => api(tokens.province).post('/cohorts', body, { 'idempotency-key': 'khoa-1' });
      const answers = await Promise.all([send(), send(), send()]);
      expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id} ${answer.body.assigned}`)).size).toBe(1);
      expect(answers[0]?.body).toMatchObject({ assigned: 2 });
      expect(enrolled).toHaveLength(1);
      const other = await api(tokens.province).post('/cohorts', { ...body, title: 'Khác' }, { 'idempotency-key': 'khoa-1' });
      expect([other.status, other.body.code]).toEqual([409, 'request-key-reused']);
      // The key belongs to the account: somebody else's is another.
      const someone = await api(tokens.nation).post('/cohorts', body, { 'idempotency-key': 'khoa-1' });
      expect(someone.status).toBe(201);
      expect(someone.body.id).not.toBe(answers[0]?.body.id);
    });

    it('makes no class at all when one of its people cannot be assigned', async () => {
      const before = await test.world.count('cohort');
      const [stranger] = await people(country.neighbourCommune, 1);
      const answer = await api(tokens.province).post('/cohorts', wish({ members: { people: [stranger?.id] } }));
      expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ code: 'people-not-assignable' })]]);
      expect(await test.world.count('cohort')).toBe(before);
    });

    it('keeps what the change was in the record, and nothing but codes', async () => {
      const { id } = await open();
      expect((await api(tokens.province).patch(`/cohorts/${id}`, { due: '2027-01-15' })).body).toMatchObject({ due: '2027-01-15' });
      expect((await api(tokens.province).patch(`/cohorts/${id}`, { due: '2026-11-01' })).status).toBe(422);
      const [entry] = await rows<{ details: unknown }>(test.database.reader,
        `SELECT details FROM audit_entry WHERE action = 'cohort.changed' AND subject_id = $1`, [String(id)]);
      expect(entry?.details).toEqual({
        before: { opens: '2026-11-01', due: '2026-12-20' }, after: { opens: '2026-11-01', due: '2027-01-15' }, renamed: false,
      });
    });
  });

  describe('assigning by name', () => {
    it('cannot reach the people of another province, even by their ids', async () => {
      const { id } = await open();
      const mine = await people(country.commune, 1);
      const theirs = await people(country.neighbourCommune, 1);
      const answer = await api(tokens.province).post(`/cohorts/${id}/members`, { people: ids([...mine, ...theirs]) });
      expect(answer.status).toBe(422);
      const nobody = await api(tokens.province).post(`/cohorts/${id}/members`, { people: [...ids(mine), 987_654] });
      // Somebody of others and nobody at all are the same answer.
      expect(nobody.body.errors).toEqual(answer.body.errors);
      expect(await members(id)).toEqual([]);
      // A class of the whole country takes both.
      const national = await open({ agency: 'VN' }, tokens.nation);
      expect((await api(tokens.nation).post(`/cohorts/${national.id}/members`, { people: ids([...mine, ...theirs]) })).body.people).toHaveLength(2);
      expect((await api(tokens.province).get(`/cohorts/${national.id}`)).status).toBe(404);
    });

    it('counts people once, leaves out who is in already, and tells it in one fact', async () => {
      const { id } = await open();
      const [one, two] = await people(country.commune, 2) as [PersonRow, PersonRow];
      await test.world.post(one, country.commune2, { group: 'leader' });
      const first = await api(tokens.province).post(`/cohorts/${id}/members`, { people: [one.id, one.id] });
      expect(first.body).toEqual({ people: [one.id] });
      const second = await api(tokens.province).post(`/cohorts/${id}/members`, { people: [one.id, two.id] });
      expect(second.body).toEqual({ people: [two.id] });
      const third = await api(tokens.province).post(`/cohorts/${id}/members`, { people: [one.id, two.id] });
      expect(third.body).toEqual({ people: [] });
      expect(enrolled.map((fact) => [fact.cohortId, fact.personIds])).toEqual([[id, [one.id]], [id, [two.id]]]);
    });

    it('takes nobody on long leave and nobody whose post has ended', async () => {
      const { id } = await open();
      const [away] = await people(country.commune, 1, { onLeave: true });
      const [gone] = await people(country.commune, 1, { to: '2026-11-20' });
      const [last] = await people(country.commune, 1, { to: '2026-11-21' });
      for (const [person, status] of [[away, 422], [gone, 422], [last, 200]] as const) {
        expect((await api(tokens.province).post(`/cohorts/${id}/members`, { people: [person?.id] })).status).toBe(status);
      }
    });
  });

  describe('assigning by a rule', () => {
    let commune: AgencyRow;
    let ward: AgencyRow;

    beforeAll(async () => {
      const province = await test.world.agency('T9', { name: 'Tỉnh Điều Kiện', parent: country.nation });
      commune = await test.world.agency('X91', { type: 'commune', parent: province });
      ward = await test.world.agency('X92', { type: 'ward', parent: province });
      await people(commune, 4, { group: 'grassroots-information' });
      const trained = await people(ward, 3, { group: 'grassroots-information' });
      await people(ward, 2, { group: 'communication' });
      await people(ward, 1, { group: 'communication', onLeave: true });
      const twice = await test.world.person();
      await test.world.post(twice, commune, { group: 'communication' });
      await test.world.post(twice, ward, { group: 'communication', from: '2026-01-01' });
      const tx = test.database.reader;
      await tx.query(
        `INSERT INTO target_version (target, rule_version, definition, content_sha256, published_at)
         VALUES ('t70-2030', 1, $1, 'x', '2026-01-01') ON CONFLICT DO NOTHING`,
        [{ title: { vi: 'Chỉ tiêu 70 %', en: 'The 70% target' }, isDefault: true, counts: 'people', groups: [], criteria: [], threshold: 70,
          deadline: '2030-12-31', legalBasis: { vi: '' }, note: { vi: '' } }]);
      // Trained today; trained until yesterday; trained by another rule.
      for (const [index, [from, to, version]] of ([['2026-01-01', 'infinity', 1], ['2026-01-01', '2026-11-20', 1], ['2026-01-01', 'infinity', 9]] as const).entries()) {
        await tx.query(
          `INSERT INTO trained_interval (person_id, target, rule_version, valid_from, valid_to, recorded_at)
           VALUES ($1, 't70-2030', $2, $3, $4, '2026-01-01')`, [trained[index]?.id, version, from, to]);
      }
    });

    const cases: [string, object, number][] = [
      ['everybody', {}, 10],
      ['a group', { group: 'grassroots-information' }, 7],
      ['an agency and below', { agency: 'X92' }, 6],
      ['a group of an agency', { group: 'grassroots-information', agency: 'X92' }, 3],
      ['those not yet trained today', { notYetTrained: true }, 9],
      ['all of it together', { group: 'grassroots-information', agency: 'X92', notYetTrained: true }, 2],
      ['a person with two posts once', { group: 'communication' }, 3],
      ['nobody', { group: 'leader' }, 0],
    ];
    it.each(cases)('assigns %s', async (_name, rule, expected) => {
      const { id, assigned } = await open({ agency: 'T9', members: { rule } }, tokens.nation);
      expect([assigned, (await members(id)).length]).toEqual([expected, expected]);
      // The rule was asked once: whoever comes later is not drawn in, and asking again adds only them.
      const late = await people(ward, 1, { group: 'grassroots-information' });
      expect((await members(id)).length).toBe(expected);
      const again = await api(tokens.nation).post(`/cohorts/${id}/members`, { rule });
      const fits = !('group' in rule) || rule.group === 'grassroots-information';
      expect(again.body.people).toEqual(fits ? ids(late) : []);
      await test.database.reader.query('DELETE FROM enrolment WHERE person_id = ANY($1)', [ids(late)]);
      await test.database.reader.query('DELETE FROM post WHERE person_id = ANY($1)', [ids(late)]);
    });

    it('does not reach beyond the agency of the class', async () => {
      const { id } = await open({ agency: 'X91' }, tokens.nation);
      for (const agency of ['X92', 'T9', 'X11']) {
        const answer = await api(tokens.nation).post(`/cohorts/${id}/members`, { rule: { agency } });
        expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'agency', code: 'agency-not-in-scope' })]);
      }
    });

    it('shows on the page how many it will be, then does just that, and can be undone at once', async () => {
      const { id } = await open({ agency: 'T9' }, tokens.nation);
      const agent = await signInPages(test.app, 'quocgia');
      const rule = 'group=grassroots-information&agency=X92&notYetTrained=yes';
      const preview = await agent.get(`/cohorts/${id}/assign/rule?preview=yes&${rule}`);
      expect(preview.text).toContain('<h1>Sẽ giao cho 2 người</h1>');
      expect(await members(id)).toEqual([]);
      const done = await postForm(agent, `/cohorts/${id}/assign/rule`,
        { group: 'grassroots-information', agency: 'X92', notYetTrained: 'yes' }, `/cohorts/${id}/assign/rule`);
      expect([done.status, done.headers.location]).toEqual([303, `/cohorts/${id}`]);
      expect(await members(id)).toHaveLength(2);

      const board = await agent.get(`/cohorts/${id}`);
      expect(board.text).toContain('Đã giao cho 2 người.');
      const undo = /href="(\/cohorts\/\d+\/assignments\/\d+\/undo)"/.exec(board.text)?.[1] ?? '';
      expect((await agent.get(undo)).text).toContain('Hoàn tác lần giao cho 2 người?');
      expect((await postForm(agent, undo, {}, undo)).status).toBe(303);
      expect(await members(id)).toEqual([]);
      // A second press finds nothing more to undo, and a later assignment of the same people is another one.
      test.clock.advance({ minutes: 1 });
      expect((await api(tokens.nation).post(`/cohorts/${id}/members`, { rule: { agency: 'X92', notYetTrained: true } })).status).toBe(200);
      const count = (await members(id)).length;
      expect((await postForm(agent, undo, {}, `/cohorts/${id}/edit`)).status).toBe(303);
      expect(await members(id)).toHaveLength(count);
    });
  });

  describe('more time, and leaving', () => {
    it('adds an extension with its reason, once, and only to a later day', async () => {
      const all = await people(country.commune, 3);
      const { id } = await open({ members: { people: ids(all) } });
      const some = ids(all.slice(0, 2));
      const extend = (due: string, list = some) => api(tokens.province).post(`/cohorts/${id}/extensions`, { people: list, due, reason: 'Đi công tác' });
      expect((await extend('2027-01-10')).body.people.sort()).toEqual(some);
      expect((await extend('2027-01-10')).body).toEqual({ people: [] });
      // Who has as much time already keeps it; the third is given it.
      expect((await extend('2027-01-10', ids(all))).body).toEqual({ people: [all[2]?.id] });
      expect((await extend('2026-12-25')).body.errors).toEqual([expect.objectContaining({ field: 'due', code: 'extension-not-later' })]);
      expect((await extend('2026-11-19')).body.errors).toEqual([expect.objectContaining({ field: 'due', code: 'due-in-past' })]);
      const kept = await rows<{ due: string; reason: string }>(test.database.reader,
        `SELECT due_extension.due, reason FROM due_extension JOIN enrolment ON enrolment.id = enrolment_id WHERE cohort_id = $1`, [id]);
      expect(kept).toEqual([1, 2, 3].map(() => ({ due: '2027-01-10', reason: 'Đi công tác' })));
    });

    it('gives nobody more time who is not in the class or no longer in the agencies', async () => {
      const [stays, leaves] = await people(country.commune, 2) as [PersonRow, PersonRow];
      const { id } = await open({ members: { people: [stays.id, leaves.id] } });
      await test.database.reader.query(`UPDATE post SET valid_to = '2026-11-20' WHERE person_id = $1`, [leaves.id]);
      const extend = (list: number[]) => api(tokens.province).post(`/cohorts/${id}/extensions`, { people: list, due: '2027-02-01', reason: 'Ốm' });
      expect((await extend([leaves.id])).body.errors).toEqual([expect.objectContaining({ code: 'people-moved-away' })]);
      expect((await extend([stays.id, leaves.id])).body).toEqual({ people: [stays.id] });
      const [stranger] = await people(country.commune, 1);
      expect((await extend([stranger?.id ?? 0])).body.errors).toEqual([expect.objectContaining({ code: 'people-not-in-class' })]);
    });

    it('withdraws, twice without harm, and takes people back', async () => {
      const all = await people(country.commune, 2);
      const { id } = await open({ members: { people: ids(all) } });
      const body = { people: [all[0]?.id] };
      expect((await api(tokens.province).post(`/cohorts/${id}/withdrawals`, body)).body).toEqual(body);
      expect((await api(tokens.province).post(`/cohorts/${id}/withdrawals`, body)).body).toEqual({ people: [] });
      expect(await members(id)).toEqual([all[1]?.id]);
      expect((await api(tokens.province).post(`/cohorts/${id}/members`, body)).body).toEqual(body);
      expect(await test.database.inTransaction((tx) => one<{ n: number }>(tx,
        'SELECT count(*)::int AS n FROM enrolment WHERE cohort_id = $1', [id]))).toEqual({ n: 2 });
    });
  });

  describe('pages', () => {
    let agent: PageAgent;
    beforeAll(async () => { agent = await signInPages(test.app, 'dieuphoi'); });

    it('keeps what was typed and names the fields', async () => {
      const blank = await agent.get('/cohorts/new');
      expect(blank.status).toBe(200);
      const key = /name="request_key" value="([^"]+)"/.exec(blank.text)?.[1] ?? '';
      const again = await postForm(agent, '/cohorts', { programme, agency: 'T1', title: 'Lớp gõ dở', opens: '2026-11-20', due: '2026-11-10', request_key: key }, '/cohorts/new');
      expect(again.status).toBe(422);
      expect(again.text).toContain('value="Lớp gõ dở"');
      expect(again.text).toContain(`name="request_key" value="${key}"`);
      expect(again.text).toMatch(/href="#due"/);
    });

    it('makes one class of a form that is sent twice', async () => {
      const key = 'mot-bieu-mau';
      const form = { programme, agency: 'T1', title: 'Bấm hai lần', opens: '2026-11-20', due: '2026-12-20', request_key: key };
      const first = await postForm(agent, '/cohorts', form, '/cohorts/new');
      const second = await postForm(agent, '/cohorts', form, '/cohorts/new');
      expect(first.headers.location).toMatch(/^\/cohorts\/\d+\/assign$/);
      expect(second.headers.location).toBe(first.headers.location);
    });

    it('lists the roster for ticking: found without marks, in order, who is in the class marked', async () => {
      const hoa = await test.world.person('Đặng Thị Hòa');
      const an = await test.world.person('Đặng Văn An');
      await test.world.post(hoa, country.commune2, { group: 'press' });
      await test.world.post(an, country.commune2, { group: 'press' });
      const { id } = await open({ members: { people: [hoa.id] } });
      const page = await agent.get(`/cohorts/${id}/assign?q=dang`);
      expect(page.text.indexOf('Đặng Văn An')).toBeLessThan(page.text.indexOf('Đặng Thị Hòa'));
      expect(page.text).toContain(`value="${an.id}"`);
      expect(page.text).not.toContain(`value="${hoa.id}"`);
      const nobody = await postForm(agent, `/cohorts/${id}/assign`, {}, `/cohorts/${id}/assign`);
      expect([nobody.status, nobody.text.includes('Chưa chọn ai')]).toEqual([422, true]);
      const done = await postForm(agent, `/cohorts/${id}/assign`, { people: [an.id] }, `/cohorts/${id}/assign`);
      expect([done.status, done.headers.location]).toEqual([303, `/cohorts/${id}`]);
    });

    it('pages a long roster without losing or repeating anybody', async () => {
      const big = await test.world.agency('X19', { type: 'commune', parent: country.province });
      const all = await people(big, 120);
      const { id } = await open({ agency: 'X19' });
      const seen: number[] = [];
      let url: string | undefined = `/cohorts/${id}/assign`;
      while (url) {
        const page = await agent.get(url);
        seen.push(...[...page.text.matchAll(/name="people" value="(\d+)"/g)].map((match) => Number(match[1])));
        url = /rel="next" href="([^"]+)"/.exec(page.text)?.[1]?.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=');
      }
      expect(seen).toHaveLength(120);
      expect(new Set(seen)).toEqual(new Set(ids(all)));
    });

    it('asks before it withdraws or extends, by name and in numbers', async () => {
      const all = await people(country.commune, 2);
      const { id } = await open({ members: { people: ids(all) } });
      const query = all.map((person) => `people=${person.id}`).join('&');
      expect((await agent.get(`/cohorts/${id}/withdraw?${query}`)).text).toContain('Rút 2 người khỏi lớp?');
      const bad = await postForm(agent, `/cohorts/${id}/extend`, { people: ids(all), due: '', reason: 'Bão' }, `/cohorts/${id}/extend?${query}`);
      expect(bad.status).toBe(422);
      expect(bad.text).toContain('Bão');
      expect(bad.text).toContain(`value="${all[1]?.id}"`);
      const good = await postForm(agent, `/cohorts/${id}/extend`, { people: ids(all), due: '2027-01-31', reason: 'Bão' }, `/cohorts/${id}/extend?${query}`);
      expect(good.status).toBe(303);
      expect((await postForm(agent, `/cohorts/${id}/withdraw`, { people: ids(all) }, `/cohorts/${id}/withdraw?${query}`)).status).toBe(303);
      expect(await members(id)).toEqual([]);
    });

    it('says what a class is for where there is none, in both languages', async () => {
      await test.world.account('moi', country.ministry, { roles: [{ role: 'coordinator', agency: country.ministry }] });
      const fresh = await signInPages(test.app, 'moi');
      expect((await fresh.get('/cohorts')).text).toContain('Lớp giao một chương trình cho nhiều người');
      await fresh.get('/language/en?to=/cohorts');
      const english = await fresh.get('/cohorts').set('accept-language', 'en');
      expect(english.status).toBe(200);
    });

    it('keeps the forms from readers and from neighbours', async () => {
      const { id } = await open();
      const leader = await signInPages(test.app, 'lanhdao');
      const neighbour = await signInPages(test.app, 'langgieng');
      for (const path of [`/cohorts/${id}/edit`, `/cohorts/${id}/assign`, `/cohorts/${id}/assign/rule`, `/cohorts/${id}/extend`, `/cohorts/${id}/withdraw`]) {
        expect([path, (await leader.get(path)).status]).toEqual([path, 403]);
        expect([path, (await neighbour.get(path)).status]).toEqual([path, 404]);
      }
      expect((await neighbour.get(`/cohorts/${id}`)).status).toBe(404);
      const read = await leader.get(`/cohorts/${id}`);
      expect([read.status, read.text.includes('/assign')]).toEqual([200, false]);
    });
  });
});
