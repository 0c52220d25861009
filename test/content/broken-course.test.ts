import { describeFinding, type Finding } from '../../src/courses/index.js';
import { textKeys } from '../../src/platform/texts.js';
import { checkTraining } from '../../src/programmes/index.js';
import { change, goodCourse, removeCourses, SLUG, writeCourses, type Files } from './small-course.js';

const course = `${SLUG}/course.yaml`;
const first = `${SLUG}/lessons/01-bai-mot.vi.md`;
const second = `${SLUG}/lessons/02-bai-hai.vi.md`;
const bank = `${SLUG}/questions/01-bai-mot.yaml`;
const assignment = `${SLUG}/assignment.yaml`;
const drawing = `${SLUG}/media/so-do.svg`;
const programme = 'programmes/e-mau.yaml';
const targets = 'targets.yaml';

interface Fixture {
  /** What the checker must say. */
  code: string;
  /** How a course without fault is spoiled. */
  spoil: (files: Files) => void;
  file: string;
  /** What stands on the line that the finding names. */
  near?: string;
  severity?: 'note';
}

const edit = (path: string, from: string | RegExp, to: string) => (files: Files) => change(files, path, from, to);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A course of a second folder, to clash with the first. */
function twin(files: Files): void {
  for (const [path, content] of [...files]) if (path.startsWith(SLUG)) files.set(path.replace(SLUG, 'e9-khoa-hai'), content);
}

/** The English text of a lesson, made from the Vietnamese one. */
function english(files: Files, from: string | RegExp, to: string): void {
  files.set(first.replace('.vi.', '.en.'), String(files.get(first)).replace(from, to));
}

/** Makes one option of every single question the longest: the correct one. */
function longestKey(files: Files): void {
  change(files, bank, /text: "(Cách [^"]+)"\n {6}correct: true/g, 'text: "$1 và còn một đoạn dài hơn hẳn"\n      correct: true');
}

/** Moves the key of every single question to the first place. */
function keyFirst(files: Files): void {
  const singles = String(files.get(bank)).replace(/ {4}- text: "Cách a[\s\S]*?(?= {2}feedback: Giải thích)/g, (options) =>
    options.replace(/ {6}correct: true\n/g, '').replace(/("\n)/, '$1      correct: true\n'));
  files.set(bank, singles);
}

const FIXTURES: Fixture[] = [
  { code: 'file-missing', file: course, spoil: (files) => files.delete(course) },
  { code: 'yaml-unreadable', file: course, near: 'periods: 6: 7', spoil: edit(course, 'periods: 6\n', 'periods: 6: 7\n') },
  { code: 'list-expected', file: bank, spoil: (files) => files.set(bank, 'id: e9-001\n') },
  { code: 'field-missing', file: course, near: 'code: E9', spoil: edit(course, 'periods: 6\n', '') },
  { code: 'field-missing', file: bank, near: 'Cách b', spoil: edit(bank, / {6}feedback: Vì cách b.\n/, '') },
  { code: 'field-missing', file: first, near: 'Phương án sai 1', spoil: edit(first, /(Phương án sai 1"\n) {8}feedback: Chưa đúng.\n/, '$1') },
  { code: 'field-unknown', file: course, near: 'periodes', spoil: edit(course, 'periods: 6\n', 'periods: 6\nperiodes: 6\n') },
  { code: 'field-wrong', file: course, near: 'periods: sáu', spoil: edit(course, 'periods: 6\n', 'periods: sáu\n') },
  { code: 'text-empty', file: course, near: 'Sample', spoil: edit(course, 'vi: Khóa mẫu', 'vi: ""') },
  { code: 'question-type-unknown', file: bank, near: 'type: essay', spoil: edit(bank, 'type: single', 'type: essay') },
  { code: 'course-code-wrong', file: course, near: 'code: "9"', spoil: edit(course, 'code: E9\n', 'code: "9"\n') },
  { code: 'course-code-twice', file: course, near: 'code: E9', spoil: twin },
  { code: 'question-id-twice', file: bank, near: 'e9-001', spoil: twin },
  { code: 'folder-name-wrong', file: course, near: 'code: E7', spoil: edit(course, 'code: E9\n', 'code: E7\n') },
  { code: 'lesson-file-name-wrong', file: course, near: 'Bai mot', spoil: edit(course, 'file: 01-bai-mot', 'file: Bai mot') },
  { code: 'lesson-file-missing', file: course, near: '03-bai-ba', spoil: edit(course, 'file: 01-bai-mot', 'file: 03-bai-ba') },
  { code: 'lesson-stray', file: first, spoil: edit(course, 'file: 01-bai-mot', 'file: 03-bai-ba') },
  { code: 'lesson-twice', file: course, near: 'E9.1', spoil: edit(course, 'code: E9.2', 'code: E9.1') },
  { code: 'lesson-code-wrong', file: course, near: 'B2.1', spoil: edit(course, 'code: E9.1', 'code: B2.1') },
  { code: 'front-matter-missing', file: first, spoil: edit(first, '---\n', '') },
  { code: 'outcome-twice', file: course, near: 'Làm việc hai', spoil: edit(course, 'id: E9.2a', 'id: E9.1a') },
  { code: 'outcome-unknown', file: bank, near: 'E9.7a', spoil: edit(bank, 'outcome: E9.1a', 'outcome: E9.7a') },
  { code: 'outcome-untaught', file: course, near: 'E9.2a', spoil: edit(course, 'outcomes: [E9.2a]', 'outcomes: [E9.1a]') },
  { code: 'outcome-questions-few', file: course, near: 'E9.2a', spoil: edit(bank, /outcome: E9.2a/g, 'outcome: E9.1a') },
  { code: 'criterion-twice', file: course, near: 'periods: 2', spoil: edit(course, 'criterion: K2', 'criterion: K1') },
  { code: 'proofs-too-many', file: course, near: 'proves', spoil: edit(course, 'periods: 4', 'periods: 5') },
  { code: 'quiz-missing', file: course, near: 'quiz: passed', spoil: edit(course, /quiz:\n[\s\S]*?(?=completion)/, '') },
  { code: 'quiz-not-asked-for', severity: 'note', file: course, near: 'quiz:', spoil: edit(course, '  quiz: passed\n', '') },
  { code: 'quiz-larger-than-bank', file: course, near: 'questions: 30', spoil: edit(course, 'questions: 10', 'questions: 30') },
  { code: 'wait-never', file: course, near: 'after: 3', spoil: edit(course, 'after: 2', 'after: 3') },
  { code: 'assignment-missing', file: course, near: 'assignment: passed', spoil: (files) => files.delete(assignment) },
  { code: 'assignment-not-asked-for', severity: 'note', file: assignment, spoil: edit(course, '  assignment: passed\n', '') },
  { code: 'lesson-too-short', file: first, near: '## Mở đầu', spoil: edit(first, /### Mục nhỏ[\s\S]*?## Việc/, '## Việc') },
  { code: 'lesson-too-long', file: first, near: '## Mở đầu', spoil: edit(first, '### Mục nhỏ\n', `### Mục nhỏ\n${'chữ '.repeat(800)}\n`) },
  { code: 'self-checks-count', file: first, near: 'checks:', spoil: edit(first, / {2}- question: "E9.1 tự kiểm tra 3[\s\S]*?(?=sources)/, '') },
  { code: 'key-not-single', file: bank, near: 'options', spoil: edit(bank, '      correct: true\n', '') },
  { code: 'key-not-single', file: first, near: 'options', spoil: edit(first, '        correct: true\n', '') },
  { code: 'multiple-key-wrong', file: bank, near: 'options', spoil: edit(bank, /(Việc b[^\n]+\n) {6}correct: true\n/, '$1') },
  { code: 'source-missing', file: first, near: 'sources', spoil: edit(first, /sources:\n[\s\S]*?---/, 'sources: []\n---') },
  { code: 'source-date-wrong', file: first, near: '31/02/2025', spoil: edit(first, '16/06/2025', '31/02/2025') },
  { code: 'heading-level', file: first, near: '#### Mục nhỏ', spoil: edit(first, '### Mục nhỏ', '#### Mục nhỏ') },
  { code: 'heading-level', file: first, near: '# Mở đầu', spoil: edit(first, '## Mở đầu', '# Mở đầu') },
  { code: 'html-in-text', file: first, near: '<b>', spoil: edit(first, '[Trang', '<b>Trang</b> [Trang') },
  { code: 'html-in-text', file: assignment, near: 'brief', spoil: edit(assignment, 'Viết một bản tin.', '<script>x</script>') },
  { code: 'table-head-empty', file: first, near: '|   | B |', spoil: edit(first, '### Mục nhỏ\n', '### Mục nhỏ\n\n|   | B |\n|---|---|\n| 1 | 2 |\n') },
  { code: 'image-missing', file: first, near: 'khac.svg', spoil: edit(first, 'so-do.svg', 'khac.svg') },
  { code: 'image-without-text', file: first, near: '![]', spoil: edit(first, '![Một ô vuông]', '![]') },
  { code: 'link-wrong', file: first, near: 'trang-khac', spoil: edit(first, 'https://example.vn/', 'trang-khac') },
  { code: 'link-wrong', file: first, near: '#s-khong-co', spoil: edit(first, 'https://example.vn/', '#s-khong-co') },
  { code: 'reading-level', file: first, near: '## Mở đầu', spoil: edit(first, /\. /g, ' và ') },
  { code: 'sentences-long', file: first, near: '## Mở đầu', spoil: edit(first, /\.(?: |\n\n)(?=\p{Ll})/gu, ' và ') },
  { code: 'word-unknown', file: first, near: 'Mở đàuu', spoil: edit(first, 'Mở đầu', 'Mở đàuu') },
  { code: 'english-missing', severity: 'note', file: second, spoil: (files) => english(files, 'Tóm tắt', 'Summary') },
  { code: 'english-checks-differ', file: first.replace('.vi.', '.en.'), near: 'checks:',
    spoil: (files) => english(files, / {2}- question: "E9.1 tự kiểm tra 3[\s\S]*?(?=sources)/, '') },
  { code: 'english-headings-differ', file: first.replace('.vi.', '.en.'), spoil: (files) => english(files, '### Mục nhỏ', '') },
  { code: 'english-half', file: bank, near: 'e9-001', spoil: edit(bank, /stem: ("Câu 1:[^\n]+)/, 'stem: { vi: $1, en: Question one }') },
  { code: 'listen-missing', severity: 'note', file: second,
    spoil: (files) => files.set(first.replace('.md', '.listen.md'), 'Lời đọc.\n') },
  { code: 'bank-too-small', file: course, near: 'quiz:', spoil: edit(bank, /- id: e9-020[\s\S]*$/, '') },
  { code: 'bank-types-few', file: course, near: 'quiz:', spoil: edit(bank, /- id: e9-013[\s\S]*$/, '') },
  { code: 'bank-difficulty-missing', file: course, near: 'quiz:', spoil: edit(bank, /difficulty: 3/g, 'difficulty: 2') },
  { code: 'bank-cases-few', file: course, near: 'quiz:', spoil: edit(bank, /kind: case/g, 'kind: recall') },
  { code: 'question-id-wrong', file: bank, near: 'câu-1', spoil: edit(bank, 'id: e9-001', 'id: câu-1') },
  { code: 'question-id-foreign', file: bank, near: 'b2-001', spoil: edit(bank, 'id: e9-001', 'id: b2-001') },
  { code: 'question-alike', file: bank, near: 'stem', spoil: (files) => {
    const stem = /stem: ("Câu 1:[^\n]+)/.exec(String(files.get(bank)))?.[1] ?? '';
    change(files, bank, /stem: "Câu 3:[^\n]+/, `stem: ${stem}`);
  } },
  { code: 'question-alike', file: bank, near: 'stem', spoil: twin },
  { code: 'all-of-the-above', file: bank, near: 'Tất cả các phương án', spoil: edit(bank, /text: "Cách b[^"]*"/, 'text: Tất cả các phương án trên') },
  { code: 'option-twice', file: bank, near: 'Cách a', spoil: (files) => {
    const option = /text: ("Cách a[^"]*")/.exec(String(files.get(bank)))?.[1] ?? '';
    change(files, bank, /text: "Cách b[^"]*"/, `text: ${option}`);
  } },
  { code: 'key-longest', file: course, near: 'quiz:', spoil: longestKey },
  { code: 'key-place', file: course, near: 'quiz:', spoil: keyFirst },
  { code: 'true-false-uneven', severity: 'note', file: course, near: 'quiz:', spoil: (files) => {
    const more = Array.from({ length: 8 }, (_, index) => `- id: e9-1${index + 10}
  type: true-false
  outcome: E9.1a
  difficulty: 1
  kind: case
  stem: "${'abcdefgh'[index]} ${'ijklmnop'[index]} ${'qrstuvxy'[index]} ${index} ${index * 7}"
  answer: true
  wrong: Sai.
  feedback: Đúng.
`).join('\n');
    files.set(bank, `${String(files.get(bank)).replace(/answer: false/g, 'answer: true')}\n${more}`);
  } },
  { code: 'criteria-wrong', file: assignment, near: 'criteria:', spoil: edit(assignment, '- id: clarity', '- id: accuracy') },
  { code: 'levels-wrong', file: assignment, near: 'levels', spoil: edit(assignment, / {6}- { level: 4[^\n]+\n/, '') },
  { code: 'words-wrong', file: assignment, near: 'words:', spoil: edit(assignment, 'min: 150', 'min: 1500') },
  { code: 'pass-wrong', file: assignment, near: 'pass:', spoil: edit(assignment, 'total_at_least: 14', 'total_at_least: 9') },
  { code: 'media-name-wrong', file: `${SLUG}/media/Sơ đồ.svg`, spoil: (files) => files.set(`${SLUG}/media/Sơ đồ.svg`, '<svg/>') },
  { code: 'media-too-large', file: drawing, spoil: edit(drawing, '</svg>', `<!-- ${'x'.repeat(210_000)} --></svg>`) },
  { code: 'media-type-wrong', file: `${SLUG}/media/anh.jpg`, spoil: (files) => files.set(`${SLUG}/media/anh.jpg`, png) },
  { code: 'media-unused', severity: 'note', file: `${SLUG}/media/thua.svg`,
    spoil: (files) => files.set(`${SLUG}/media/thua.svg`, files.get(drawing) ?? '') },
  { code: 'svg-unsafe', file: drawing, near: '<script>', spoil: edit(drawing, '</svg>', '<script>x</script></svg>') },
  { code: 'svg-broken', file: drawing, spoil: edit(drawing, '</title>', '') },
  { code: 'svg-without-viewbox', file: drawing, near: '<svg', spoil: edit(drawing, ' viewBox="0 0 640 320"', '') },
  { code: 'not-nfc', file: first, near: 'Mở đầu'.normalize('NFD'), spoil: edit(first, 'Mở đầu', 'Mở đầu'.normalize('NFD')) },
  { code: 'not-utf8', file: first, spoil: edit(first, 'Mở đầu', 'Mở đầu \ufffd') },
  { code: 'tone-style', file: first, near: 'hoá', spoil: edit(first, 'Mở đầu', 'Số hoá') },
  { code: 'programme-code-wrong', file: programme, near: 'code: Ê', spoil: edit(programme, 'code: E\n', 'code: Ê\n') },
  { code: 'programme-code-twice', file: 'programmes/f-mau.yaml', near: 'code: E',
    spoil: (files) => files.set('programmes/f-mau.yaml', files.get(programme) ?? '') },
  { code: 'programme-file-name-wrong', file: 'programmes/F Mau.yaml',
    spoil: (files) => files.set('programmes/F Mau.yaml', String(files.get(programme)).replace('code: E\n', 'code: F\n')) },
  { code: 'programme-course-twice', file: programme, near: 'E9', spoil: edit(programme, 'course: E8', 'course: E9') },
  { code: 'course-ready', severity: 'note', file: programme, near: 'E9',
    spoil: edit(programme, '{ course: E9, required: true }', '{ course: E9, state: preparation, title: { vi: a, en: a }, periods: 6 }') },
  { code: 'course-not-ready', file: programme, near: 'E7', spoil: edit(programme, 'course: E9', 'course: E7') },
  { code: 'path-target-unknown', file: programme, near: 'path: t-khac', spoil: edit(programme, 'criteria: [K1, K2]', 'criteria: [K1, K2]\npath: t-khac') },
  { code: 'path-group-wrong', file: programme, near: 'audience', spoil: edit(programme, 'criteria: [K1, K2]', 'criteria: [K1, K2]\npath: t-mau') },
  { code: 'path-too-short', file: programme, near: 'courses', spoil: edit(programme, 'criteria: [K1, K2]', 'criteria: [K1, K2]\npath: t-mau') },
  { code: 'path-periods-wrong', file: programme, near: 'periods: 12', spoil: edit(programme, 'criteria: [K1, K2]', 'criteria: [K1, K2]\npath: t-mau') },
  { code: 'criterion-code-wrong', file: targets, near: 'KX', spoil: edit(targets, 'K1: {', 'KX: {') },
  { code: 'criterion-unknown', file: targets, near: 'K1', spoil: edit(targets, 'K1: {', 'K2: {') },
  { code: 'target-id-wrong', file: targets, near: 'T 70', spoil: edit(targets, 'id: t-mau', 'id: T 70') },
  { code: 'target-twice', file: targets, spoil: edit(targets, /( {2}- id: t-mau[\s\S]*)$/, '$1$1') },
  { code: 'target-default-not-single', file: targets, near: 'targets:', spoil: edit(targets, 'default: true', 'default: false') },
  { code: 'target-counts-nobody', file: targets, near: 't-mau', spoil: edit(targets, 'groups: [communication]', 'groups: []') },
  { code: 'date-wrong', file: targets, near: '2030-02-31', spoil: edit(targets, '2030-12-31', '2030-02-31') },
];

/** Said only when something is published, against what was published before: publish-courses.test.ts and its kin. */
const WHEN_PUBLISHED = ['course-renamed', 'programme-renamed', 'target-rule-changed'];

async function findingsIn(files: Files): Promise<Finding[]> {
  return (await checkTraining(await writeCourses(files))).findings;
}

describe('the checker of courses', () => {
  afterAll(removeCourses);

  it('finds nothing in a course without fault', async () => {
    expect(await findingsIn(goodCourse())).toEqual([]);
  });

  it.each(FIXTURES)('says $code at $file', async ({ code, spoil, file, near, severity = 'error' }) => {
    const files = goodCourse();
    spoil(files);
    const found = (await findingsIn(files)).filter((finding) => finding.code === code && finding.file === file);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.severity).toBe(severity);
    const lines = String(files.get(file) ?? '').split('\n');
    if (near !== undefined) expect(lines[(found[0]?.line ?? 0) - 1]).toContain(near);
    for (const lang of ['vi', 'en'] as const) expect(describeFinding(lang, found[0] as Finding)).toMatch(/^\S.*:\d+: .+/);
  });

  it('has a broken course for everything it can say', () => {
    const said = textKeys('vi').filter((key) => key.startsWith('courses.findings.')).map((key) => key.split('.')[2]);
    const broken = new Set([...FIXTURES.map((fixture) => fixture.code), ...WHEN_PUBLISHED]);
    expect(said.filter((code) => !broken.has(code ?? ''))).toEqual([]);
  });

  it('is stricter about listening in the programme for grassroots staff', async () => {
    const files = new Map([...goodCourse()].map(([path, content]) => [path.replace(SLUG, 'b9-khoa-mau'),
      typeof content === 'string' ? content.replaceAll('E9', 'B9').replaceAll('e9-', 'b9-') : content]));
    files.set('b9-khoa-mau/lessons/01-bai-mot.vi.listen.md', 'Lời đọc.\n');
    const found = (await findingsIn(files)).find((finding) => finding.code === 'listen-missing');
    expect(found?.severity).toBe('error');
  });

  it('tells every broken question, not the first only', async () => {
    const files = goodCourse();
    change(files, bank, /difficulty: 3/g, 'difficulty: 4');
    const found = (await findingsIn(files)).filter((finding) => finding.code === 'field-wrong');
    expect(found.length).toBe(7);
  });
});
