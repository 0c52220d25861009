import { change, goodCourse, removeCourses, rewriteCourses, SLUG, writeCourses, type Files } from '../content/small-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { Courses, PublishCourses } from '../../src/courses/index.js';
import { rows } from '../../src/platform/database/sql.js';

let test: TestApp;
let root: string;
let files: Files;
let publish: PublishCourses;

beforeAll(async () => {
  test = await createTestApp();
  publish = test.app.get(PublishCourses);
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

const TABLES = ['course', 'course_version', 'course_proof', 'lesson', 'question', 'course_media'];

/** Every row that there is, to be compared with every row that there is later. */
async function everything(): Promise<Record<string, unknown[]>> {
  const entries = await Promise.all(TABLES.map(async (table) =>
    [table, await rows(test.database.reader, `SELECT * FROM ${table} ORDER BY 1, 2`)] as const));
  return Object.fromEntries(entries);
}

describe('publishing courses', () => {
  it('makes a first version with all that its files say', async () => {
    expect(await publish.run(root)).toEqual([{ slug: SLUG, state: 'published', number: 1, findings: [] }]);
    const course = await test.app.get(Courses).bySlug(test.database.reader, SLUG);
    expect(course).toMatchObject({
      code: 'E9', slug: SLUG, number: 1, title: { vi: 'Khóa mẫu', en: 'Sample course' }, periods: 6, validityMonths: 36,
      competences: { digcomp: [2], circular02: [2, 6] }, bank: 20, publishedAt: test.clock.now(),
      proofs: [{ criterion: 'K1', periods: 4 }, { criterion: 'K2', periods: 2 }],
      outcomes: [{ id: 'E9.1a', text: { vi: 'Làm việc một', en: 'Do one' } }, { id: 'E9.2a', text: { vi: 'Làm việc hai', en: 'Do two' } }],
      quiz: { questions: 10, pass: 70, minutes: 20, attempts: 3, wait: { after: 2, hours: 24 } },
      completion: { lessons: 'all', quiz: 'passed', assignment: 'passed' },
      assignment: {
        words: { min: 150, max: 1200 }, file: { required: false, types: ['pdf', 'mp3'], maxMb: 10 },
        pass: { eachAtLeast: 2, totalAtLeast: 14 },
      },
    });
    expect(course?.assignment?.brief.vi).toBe('<h3 id="s-viec-phai-lam">Việc phải làm</h3>\n<p>Viết một bản tin.</p>\n');
    expect(course?.assignment?.criteria.map((criterion) => criterion.levels.length)).toEqual([4, 4, 4, 4, 4]);
    expect(course?.lessons.map(({ code, position, slug, minutes }) => [code, position, slug, minutes]))
      .toEqual([['E9.1', 1, '01-bai-mot', 12], ['E9.2', 2, '02-bai-hai', 12]]);
    const content = course?.lessons[0]?.contents.vi;
    expect(content?.html).toContain(`<img src="/courses/media/${course?.id}/so-do.svg" alt="Một ô vuông" width="640" height="320"`);
    expect(content?.checks[0]?.options.map((option) => option.correct)).toEqual([true, false]);
    expect(content?.sources).toEqual([{ title: 'Quyết định mẫu', body: 'Cơ quan mẫu', date: '16/06/2025' }]);
    expect(Object.keys(content ?? {}).sort()).toEqual(['checks', 'html', 'sources', 'summary']);
  });

  it('keeps the questions as the grading rules read them, in the order of the author', async () => {
    await publish.run(root);
    const courses = test.app.get(Courses);
    const course = await courses.byCode(test.database.reader, 'E9');
    const questions = await courses.questions(test.database.reader, course?.id ?? 0);
    expect(questions.map((question) => question.key)).toEqual(Array.from({ length: 20 }, (_, index) => `e9-${String(index + 1).padStart(3, '0')}`));
    expect(questions[19]).toMatchObject({
      key: 'e9-020', type: 'numeric', outcome: 'E9.2a', kind: 'case', answer: 70, tolerance: 0, unit: '%', wrong: { vi: 'Tính lại.' },
      common: [{ value: 69.9, feedback: { vi: 'Làm tròn lên là sai.' } }],
    });
  });

  it('does nothing the second time', async () => {
    await publish.run(root);
    const before = await everything();
    test.clock.advance({ days: 1 });
    expect(await publish.run(root)).toEqual([{ slug: SLUG, state: 'unchanged', number: 1, findings: [] }]);
    expect(await everything()).toEqual(before);
  });

  it('does not take another line end for a change', async () => {
    await publish.run(root);
    const windows: Files = new Map([...files].map(([path, content]) => [path, String(content).replaceAll('\n', '\r\n')]));
    await rewriteCourses(root, windows);
    expect((await publish.run(root))[0]?.state).toBe('unchanged');
  });

  it('makes version 2 of what was changed and leaves version 1 as it was', async () => {
    await publish.run(root);
    const before = await everything();
    const courses = test.app.get(Courses);
    const first = await courses.bySlug(test.database.reader, SLUG);
    change(files, `${SLUG}/lessons/01-bai-mot.vi.md`, 'Tóm tắt bài E9.1', 'Tóm tắt mới');
    await rewriteCourses(root, files);
    test.clock.advance({ days: 1 });
    expect(await publish.run(root)).toEqual([{ slug: SLUG, state: 'published', number: 2, findings: [] }]);

    const after = await everything();
    for (const table of TABLES) {
      const still = after[table]?.filter((row) => before[table]?.some((old) => JSON.stringify(old) === JSON.stringify(row)));
      expect(still).toEqual(before[table]);
    }
    const second = await courses.bySlug(test.database.reader, SLUG);
    expect(second).toMatchObject({ number: 2, courseId: first?.courseId });
    expect(second?.lessons[0]?.contents.vi.summary).toBe('Tóm tắt mới.');
    expect(second?.lessons[0]?.contents.vi.html).toContain(`/courses/media/${second?.id}/so-do.svg`);
    expect(second?.lessons[0]?.id).not.toBe(first?.lessons[0]?.id);
    expect((await courses.version(test.database.reader, first?.id ?? 0)).lessons[0]?.contents.vi.summary).toBe('Tóm tắt bài E9.1.');
    expect((await courses.latest(test.database.reader, first?.courseId ?? 0))?.number).toBe(2);
  });

  it('refuses a course with errors, says why, and holds up no other', async () => {
    await publish.run(root);
    change(files, `${SLUG}/course.yaml`, 'questions: 10', 'questions: 30');
    const good = new Map([...goodCourse()].filter(([path]) => path.startsWith(SLUG)).map(([path, content]) =>
      [path.replace(SLUG, 'e8-khoa-tot'), String(content).replaceAll('E9', 'E8').replaceAll('e9-', 'e8-')] as const));
    // Another course asks other questions.
    change(good, 'e8-khoa-tot/questions/01-bai-mot.yaml', /(?<=stem: ")[^"]+/g, (stem) => stem.split(' ').reverse().join(' '));
    await rewriteCourses(root, new Map([...files, ...good]));
    const published = await publish.run(root);
    expect(published.map(({ slug, state }) => [slug, state])).toEqual([['e8-khoa-tot', 'published'], [SLUG, 'refused']]);
    expect(published[1]?.findings.map((finding) => finding.code)).toEqual(['quiz-larger-than-bank']);
    expect((await test.app.get(Courses).bySlug(test.database.reader, SLUG))?.number).toBe(1);
  });

  it('refuses to carry a code to another folder', async () => {
    await publish.run(root);
    const moved = await writeCourses(new Map([...goodCourse()].map(([path, content]) => [path.replace(SLUG, 'e9-ten-khac'), content])));
    const [result] = await publish.run(moved);
    expect(result).toMatchObject({ state: 'refused', number: 1 });
    expect(result?.findings[0]).toMatchObject({ code: 'course-renamed', params: { code: 'E9', slug: SLUG } });
    expect(await test.world.count('course')).toBe(1);
  });

  it('publishes once when several processes start at the same moment', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => publish.run(root)));
    expect(results.map(([result]) => result?.state).sort()).toEqual(['published', 'unchanged', 'unchanged', 'unchanged']);
    expect(await test.world.count('course_version')).toBe(1);
    expect(await test.world.count('question')).toBe(20);
  });

  it('leaves nothing behind when it fails half way', async () => {
    await test.database.reader.query(`ALTER TABLE course_media ADD CONSTRAINT broken CHECK (name <> 'so-do.svg')`);
    await expect(publish.run(root)).rejects.toThrow();
    for (const table of TABLES) expect(await test.world.count(table)).toBe(0);
    await test.database.reader.query('ALTER TABLE course_media DROP CONSTRAINT broken');
    expect((await publish.run(root))[0]).toMatchObject({ state: 'published', number: 1 });
  });

  it('is written into the audit trail, in codes only', async () => {
    await publish.run(root);
    const entries = await rows<{ action: string; details: object }>(test.database.reader,
      `SELECT action, details FROM audit_entry WHERE action = 'course.published'`);
    expect(entries).toEqual([{ action: 'course.published', details: { code: 'E9', number: 1, sha256: expect.stringMatching(/^[\da-f]{64}$/) as string } }]);
  });
});

describe('the courses of this repository', () => {
  it('are published as they stand', async () => {
    const published = await publish.run();
    expect(published.map(({ state, findings }) => [state, findings])).toEqual(published.map(() => ['published', []]));
    const list = await test.app.get(Courses).list(test.database.reader);
    expect(list.map((course) => course.code)).toEqual(expect.arrayContaining(['A1', 'B2', 'D1']));
    for (const course of list) {
      for (const lesson of course.lessons) {
        expect(lesson.contents.vi.html).not.toMatch(/src=""|style=|<script/);
      }
    }
  });
});
