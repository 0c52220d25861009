import { change, goodCourse, removeCourses, rewriteCourses, writeCourses, type Files } from '../content/small-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { publishContent } from '../../src/operator/publish-content.js';
import { rows } from '../../src/platform/database/sql.js';
import { Programmes, PublishProgrammes, PublishTargets, Targets } from '../../src/programmes/index.js';

let test: TestApp;
let root: string;
let files: Files;

beforeAll(async () => {
  test = await createTestApp();
});
beforeEach(async () => {
  await test.database.reader.query('TRUNCATE course, programme, target_version, audit_entry CASCADE');
  files = goodCourse();
  root = await writeCourses(files);
});
afterAll(async () => {
  await test.close();
  await removeCourses();
});

const rewrite = async (path: string, from: string, to: string) => {
  change(files, path, from, to);
  await rewriteCourses(root, files);
};

describe('publishing programmes', () => {
  it('makes a version that points at its courses', async () => {
    const content = await publishContent(test.app, root);
    expect(content.programmes).toEqual([{ slug: 'e-mau', state: 'published', number: 1, findings: [] }]);
    expect(content.findings).toEqual([]);
    const [programme] = await test.app.get(Programmes).list(test.database.reader);
    expect(programme).toMatchObject({
      code: 'E', slug: 'e-mau', number: 1, periods: 12, criteria: ['K1', 'K2'], certificate: true, competences: null,
      audience: { groups: ['official'], text: { vi: 'Mọi người', en: 'Everybody' } }, outcomes: [{ vi: 'Làm được việc', en: 'Can do the work' }],
    });
    expect(programme?.courses).toEqual([
      { code: 'E9', courseId: expect.any(Number) as number, requirement: 'required', title: null, periods: null },
      { code: 'E8', courseId: null, requirement: 'preparation', title: { vi: 'Khóa sau', en: 'Later course' }, periods: 6 },
    ]);
  });

  it('does nothing the second time, and makes version 2 of a changed file', async () => {
    await publishContent(test.app, root);
    const before = await rows(test.database.reader, 'SELECT * FROM programme_version');
    expect((await publishContent(test.app, root)).programmes[0]).toMatchObject({ state: 'unchanged', number: 1 });
    expect(await rows(test.database.reader, 'SELECT * FROM programme_version')).toEqual(before);
    await rewrite('programmes/e-mau.yaml', 'periods: 12', 'periods: 14');
    expect((await publishContent(test.app, root)).programmes[0]).toMatchObject({ state: 'published', number: 2 });
    expect(await rows(test.database.reader, 'SELECT * FROM programme_version WHERE number = 1')).toEqual(before);
    const programmes = test.app.get(Programmes);
    const latest = await programmes.bySlug(test.database.reader, 'e-mau');
    expect(latest).toMatchObject({ number: 2, periods: 14 });
    expect((await programmes.latest(test.database.reader, latest?.programmeId ?? 0))?.id).toBe(latest?.id);
  });

  it('publishes once when several processes start at the same moment', async () => {
    await publishContent(test.app, root);
    await rewrite('programmes/e-mau.yaml', 'periods: 12', 'periods: 14');
    const results = await Promise.all([1, 2, 3].map(() => test.app.get(PublishProgrammes).run(root)));
    expect(results.map(([result]) => result?.state).sort()).toEqual(['published', 'unchanged', 'unchanged']);
  });

  it('refuses a required course that is not published', async () => {
    const [result] = await test.app.get(PublishProgrammes).run(root);
    expect(result).toMatchObject({ state: 'refused' });
    expect(result?.findings.map((finding) => finding.code)).toEqual(['course-not-ready']);
    expect(await test.world.count('programme')).toBe(0);
  });

  it('refuses another file name for a code', async () => {
    await publishContent(test.app, root);
    const text = files.get('programmes/e-mau.yaml') ?? '';
    const renamed = await writeCourses(new Map([...goodCourse()].filter(([path]) => path !== 'programmes/e-mau.yaml')
      .concat([['programmes/e-ten-khac.yaml', text]])));
    const [result] = await test.app.get(PublishProgrammes).run(renamed);
    expect(result?.findings[0]).toMatchObject({ code: 'programme-renamed', params: { code: 'E', slug: 'e-mau' } });
  });

  it('offers for classes only what has a required course', async () => {
    await publishContent(test.app);
    const programmes = test.app.get(Programmes);
    expect((await programmes.list(test.database.reader)).map((programme) => programme.code)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'LT1', 'LT2', 'LT3']);
    const assignable = (await programmes.assignable(test.database.reader)).map((programme) => programme.code);
    expect(assignable).toEqual(expect.arrayContaining(['A', 'B', 'C', 'D', 'LT1', 'LT2', 'LT3']));
    expect(assignable).not.toContain('F');
  });
});

describe('publishing targets', () => {
  it('makes them known once', async () => {
    const publish = test.app.get(PublishTargets);
    expect(await publish.run(root)).toEqual({ state: 'published', findings: [] });
    expect(await publish.run(root)).toEqual({ state: 'unchanged', findings: [] });
    expect(await test.app.get(Targets).list(test.database.reader)).toEqual([{
      target: 't-mau', ruleVersion: 1, title: { vi: 'Chỉ tiêu mẫu', en: 'Sample target' }, isDefault: true, counts: 'people',
      groups: ['communication'], criteria: [{ id: 'K1', title: { vi: 'Kỹ năng', en: 'Skills' }, minimum: 24 }],
      threshold: 70, deadline: '2030-12-31', legalBasis: { vi: 'Quyết định mẫu', en: 'Sample decision' },
      note: { vi: 'Lưu ý mẫu', en: 'Sample note' },
    }]);
  });

  it('refuses a rule that changed without a new number', async () => {
    const publish = test.app.get(PublishTargets);
    await publish.run(root);
    await rewrite('targets.yaml', 'minimum: 24', 'minimum: 20');
    const refused = await publish.run(root);
    expect(refused.state).toBe('refused');
    expect(refused.findings[0]).toMatchObject({ code: 'target-rule-changed', file: 'targets.yaml', params: { id: 't-mau', version: 1 } });
    expect((await test.app.get(Targets).find(test.database.reader, 't-mau'))?.criteria[0]?.minimum).toBe(24);
  });

  it('takes the change under a new number and keeps the old definition', async () => {
    const publish = test.app.get(PublishTargets);
    await publish.run(root);
    const before = await rows(test.database.reader, 'SELECT * FROM target_version');
    await rewrite('targets.yaml', 'minimum: 24', 'minimum: 20');
    await rewrite('targets.yaml', 'rule_version: 1', 'rule_version: 2');
    expect((await publish.run(root)).state).toBe('published');
    expect(await test.app.get(Targets).find(test.database.reader, 't-mau')).toMatchObject({ ruleVersion: 2, criteria: [{ id: 'K1', minimum: 20 }] });
    expect(await rows(test.database.reader, 'SELECT * FROM target_version WHERE rule_version = 1')).toEqual(before);
  });

  it('shows the default target of this repository first', async () => {
    await test.app.get(PublishTargets).run();
    const targets = await test.app.get(Targets).list(test.database.reader);
    expect(targets.map((target) => target.target)).toEqual(['t70-2030', 't70-2025', 't100-awareness']);
  });
});
