import { change, goodCourse, removeCourses, SLUG, writeCourses } from '../content/small-course.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { allCommands, runCommand } from '../../src/operator/run-command.js';
import { hasText } from '../../src/platform/texts.js';

let clone: TestDatabase;
beforeAll(async () => { clone = await cloneDatabase(); });
afterAll(async () => {
  await clone.drop();
  await removeCourses();
});

async function lms(typed: string, env: Record<string, string> = {}) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runCommand(typed.split(' ').filter(Boolean), {
    DATABASE_URL: clone.url, SECRET_KEY: 'a-secret-of-the-tests-0123456789abcdef', IDENTITY_KEY: 'an-identity-key-of-the-tests-0123456789',
    LOG_LEVEL: 'silent', ...env,
  }, { say: (line) => said.push(line), complain: (line) => complained.push(line) });
  return { code, said, complained };
}

describe('lms', () => {
  it('lists its commands, each with what it does, in both languages', async () => {
    const { code, said } = await lms('help');
    expect(code).toBe(0);
    const commands = await allCommands();
    expect(commands.map((command) => command.name)).toEqual(expect.arrayContaining(['courses check', 'courses publish']));
    for (const { name } of commands) {
      expect(said.some((line) => line.trim().startsWith(name))).toBe(true);
      for (const lang of ['vi', 'en'] as const) expect(hasText(lang, `operator.commands.${name.replaceAll(' ', '-')}`)).toBe(true);
    }
    expect((await lms('help', { DEFAULT_LANGUAGE: 'en' })).said[0]).toContain('Usage');
  });

  it('answers 2 to what it does not know', async () => {
    expect((await lms('')).code).toBe(2);
    const { code, complained } = await lms('courses burn');
    expect(code).toBe(2);
    expect(complained).toEqual(['Không có lệnh "courses burn". Xem danh sách: npm run lms -- help.']);
  });

  it('names the variable that is wrong and answers 1', async () => {
    const { code, complained } = await lms('courses publish', { DATABASE_URL: 'mysql://x' });
    expect(code).toBe(1);
    expect(complained.join()).toContain('DATABASE_URL');
  });
});

describe('lms courses check', () => {
  it('answers 0 for courses without errors', async () => {
    const { code, said } = await lms(`courses check ${await writeCourses(goodCourse())}`);
    expect(code).toBe(0);
    expect(said).toEqual(['Đã kiểm tra 1 khóa học: 0 lỗi, 0 lưu ý.']);
  });

  it('names file, line and reason in the language of the reader, and answers 1', async () => {
    const files = goodCourse();
    change(files, `${SLUG}/course.yaml`, 'questions: 10', 'questions: 30');
    const root = await writeCourses(files);
    const { code, said } = await lms(`courses check ${root}`);
    expect(code).toBe(1);
    expect(said[0]).toBe(`${SLUG}/course.yaml:27: lỗi: Mỗi lượt rút 30 câu, ngân hàng chỉ có 20 câu.`);
    const english = await lms(`courses check ${root}`, { DEFAULT_LANGUAGE: 'en' });
    expect(english.said).toEqual([`${SLUG}/course.yaml:27: error: An attempt draws 30 questions; the bank holds 20.`,
      'Checked 1 course: 1 error, 0 notes.']);
  });

  it('does not mind notes', async () => {
    const files = goodCourse();
    files.set(`${SLUG}/media/thua.svg`, files.get(`${SLUG}/media/so-do.svg`) ?? '');
    const { code, said } = await lms(`courses check ${await writeCourses(files)}`);
    expect(code).toBe(0);
    expect(said[0]).toBe(`${SLUG}/media/thua.svg:1: lưu ý: Không bài nào dùng hình này.`);
  });
});

describe('lms courses publish', () => {
  it('publishes what is new, once', async () => {
    const root = await writeCourses(goodCourse());
    const first = await lms(`courses publish ${root}`);
    expect(first).toEqual({
      code: 0, complained: [],
      said: [`${SLUG}: đã xuất bản phiên bản 1`, 'e-mau: đã xuất bản phiên bản 1', 'targets.yaml: đã xuất bản'],
    });
    const second = await lms(`courses publish ${root}`);
    expect(second.said).toEqual([`${SLUG}: không có gì mới`, 'e-mau: không có gì mới', 'targets.yaml: không có gì mới']);
  });

  it('answers 1 with the reasons when something was refused', async () => {
    const files = goodCourse();
    change(files, 'targets.yaml', 'minimum: 24', 'minimum: 20');
    const { code, complained } = await lms(`courses publish ${await writeCourses(files)}`);
    expect(code).toBe(1);
    expect(complained).toEqual(['targets.yaml:5: lỗi: Nội dung chỉ tiêu t-mau đã đổi mà rule_version vẫn là 1. Quy tắc đổi thì tăng rule_version.']);
  });
});
