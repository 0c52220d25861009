import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomFrom } from '../../src/rules/random.js';

/** Files by their path from the folder of all courses. */
export type Files = Map<string, string | Buffer>;

export const SLUG = 'e9-khoa-mau';

const WORDS = ('loa bảng tin xã phường thôn lịch phát sóng giọng đọc bài viết số liệu biểu đồ bản đồ nguồn tin phóng viên cán bộ '
  + 'người dân học sinh nông dân trạm y tế trường học chợ bến xe mùa vụ hạn mặn lũ quét cháy rừng tiêm chủng bảo hiểm hồ sơ '
  + 'dịch vụ công chữ ký mật khẩu tài khoản tin giả đính chính họp dân sổ tay').split(' ');

/** Words in an order decided by the seed alone: for length, and for stems that do not resemble each other. */
function words(seed: number, count: number): string {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}

/** A course without a single finding: each test spoils one thing. It is a course E, which needs twenty questions only. */
export function goodCourse(): Files {
  return new Map<string, string | Buffer>([
    [`${SLUG}/course.yaml`, COURSE],
    [`${SLUG}/lessons/01-bai-mot.vi.md`, lesson('E9.1', 1)],
    [`${SLUG}/lessons/02-bai-hai.vi.md`, lesson('E9.2', 2)],
    [`${SLUG}/questions/01-bai-mot.yaml`, bank()],
    [`${SLUG}/assignment.yaml`, ASSIGNMENT],
    [`${SLUG}/media/so-do.svg`, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320">\n  <title>Sơ đồ</title>\n'
      + '  <rect width="640" height="320" fill="#fbfaf7"/>\n</svg>\n'],
    ['programmes/e-mau.yaml', PROGRAMME],
    ['targets.yaml', TARGETS],
    ['accepted-words.txt', '# Names\ndigcomp # a field of course.yaml\n'],
  ]);
}

const COURSE = `code: E9
title: { vi: Khóa mẫu, en: Sample course }
summary: { vi: Khóa học dùng khi kiểm thử., en: A course for tests. }
periods: 6
proves:
  - { criterion: K1, periods: 4 }
  - { criterion: K2, periods: 2 }
validity_months: 36
competences:
  digcomp: [2]
  circular02: [2, 6]
outcomes:
  - { id: E9.1a, vi: Làm việc một, en: Do one }
  - { id: E9.2a, vi: Làm việc hai, en: Do two }
lessons:
  - code: E9.1
    file: 01-bai-mot
    title: { vi: Bài một, en: Lesson one }
    minutes: 12
    outcomes: [E9.1a]
  - code: E9.2
    file: 02-bai-hai
    title: { vi: Bài hai, en: Lesson two }
    minutes: 12
    outcomes: [E9.2a]
quiz:
  questions: 10
  pass: 70
  minutes: 20
  attempts: 3
  wait: { after: 2, hours: 24 }
completion:
  lessons: all
  quiz: passed
  assignment: passed
`;

function lesson(code: string, seed: number): string {
  const checks = [1, 2, 3].map((number) => `  - question: "${code} tự kiểm tra ${number}: ${words(seed + number, 8)}?"
    options:
      - text: "Phương án đúng ${number}"
        correct: true
        feedback: Đúng.
      - text: "Phương án sai ${number}"
        feedback: Chưa đúng.
`).join('');
  const body = Array.from({ length: 36 }, (_, index) =>
    `${words(seed * 80 + index * 2, 10)}. ${words(seed * 80 + index * 2 + 1, 10)}.`).join('\n\n');
  return `---
summary: Tóm tắt bài ${code}.
checks:
${checks}sources:
  - title: Quyết định mẫu
    body: Cơ quan mẫu
    date: 16/06/2025
---
## Mở đầu

![Một ô vuông](../media/so-do.svg "Sơ đồ mẫu")

### Mục nhỏ

${body}

## Việc làm ngay thứ Hai

[Trang của cơ quan](https://example.vn/).
`;
}

/** Eight single (keys a, b, c, d twice), four multiple, four true/false, two matching, one ordering, one numeric. */
function bank(): string {
  const items: string[] = [];
  const add = (type: string, rest: string) => {
    const number = items.length + 1;
    items.push(`- id: e9-${String(number).padStart(3, '0')}
  type: ${type}
  outcome: ${number % 2 === 0 ? 'E9.2a' : 'E9.1a'}
  difficulty: ${(number % 3) + 1}
  kind: ${number % 2 === 0 ? 'case' : 'recall'}
  stem: "Câu ${number}: ${words(number * 11, 12)}?"
${rest}  feedback: Giải thích câu ${number}.
`);
  };
  for (let number = 0; number < 8; number += 1) {
    add('single', `  options:\n${[0, 1, 2, 3].map((place) => `    - text: "Cách ${'abcd'[place]} cho ${words(number + place, 2)}"
${place === number % 4 ? '      correct: true\n' : ''}      feedback: Vì cách ${'abcd'[place]}.\n`).join('')}`);
  }
  for (let number = 0; number < 4; number += 1) {
    add('multiple', `  options:\n${[0, 1, 2].map((place) => `    - text: "Việc ${'abc'[place]} trong ${words(number + place, 2)}"
${place < 2 ? '      correct: true\n' : ''}      feedback: Vì việc ${'abc'[place]}.\n`).join('')}`);
  }
  for (let number = 0; number < 4; number += 1) add('true-false', `  answer: ${number % 2 === 0}\n  wrong: Vì sao sai.\n`);
  for (let number = 0; number < 2; number += 1) {
    add('matching', `  pairs:\n${[1, 2, 3].map((pair) => `    - { left: "Trái ${words(number * 5 + pair, 3)} ${pair}", `
      + `right: "Phải ${words(number * 9 + pair, 3)} ${pair}" }\n`).join('')}  wrong: Ghép lại.\n`);
  }
  add('ordering', '  items: [Nhận, Xác nhận, Duyệt, Phát]\n  wrong: Xếp lại.\n');
  add('numeric', '  answer: 70\n  tolerance: 0\n  unit: "%"\n  wrong: Tính lại.\n  common: [ { value: 69.9, feedback: Làm tròn lên là sai. } ]\n');
  return items.join('\n');
}

const CRITERIA = ['accuracy', 'audience', 'clarity', 'legality', 'measurement'];
const ASSIGNMENT = `title: { vi: Bài thực hành mẫu, en: Sample assignment }
brief: |
  ## Việc phải làm
  Viết một bản tin.
words: { min: 150, max: 1200 }
file: { required: false, types: [pdf, mp3], max_mb: 10 }
criteria:
${CRITERIA.map((id) => `  - id: ${id}
    title: { vi: Tiêu chí ${id}, en: Criterion ${id} }
    levels:
${[1, 2, 3, 4].map((level) => `      - { level: ${level}, text: Mức ${level} của ${id} }\n`).join('')}`).join('')}pass: { each_at_least: 2, total_at_least: 14 }
model_answer: |
  Bài làm mẫu.
marker_guide: |
  Nhìn vào số liệu.
`;

const PROGRAMME = `code: E
title: { vi: Chương trình mẫu, en: Sample programme }
summary: { vi: Dùng khi kiểm thử., en: For tests. }
audience: { groups: [official], text: { vi: Mọi người, en: Everybody } }
periods: 12
criteria: [K1, K2]
outcomes: [ { vi: Làm được việc, en: Can do the work } ]
courses:
  - { course: E9, required: true }
  - { course: E8, state: preparation, title: { vi: Khóa sau, en: Later course }, periods: 6 }
certificate: true
`;

const TARGETS = `rule_version: 1
criteria:
  K1: { title: { vi: Kỹ năng, en: Skills }, minimum: 24 }
targets:
  - id: t-mau
    default: true
    title: { vi: Chỉ tiêu mẫu, en: Sample target }
    counts: people
    groups: [communication]
    criteria: [K1]
    threshold: 70
    deadline: 2030-12-31
    legal_basis: { vi: Quyết định mẫu, en: Sample decision }
    note: { vi: Lưu ý mẫu, en: Sample note }
`;

/** Replaces text that must be there, so that a fixture can never quietly stop breaking its rule. */
export function change(
  files: Files, path: string, from: string | RegExp, to: string | ((found: string) => string),
): void {
  const text = files.get(path);
  if (typeof text !== 'string') throw new Error(`No text ${path}`);
  const changed = text.replace(from, to as string);
  if (changed === text) throw new Error(`${path} has no ${String(from)}`);
  files.set(path, changed);
}

const folders: string[] = [];

/** Writes the files into a folder of their own. */
export async function writeCourses(files: Files): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'lan-toa-courses-'));
  folders.push(root);
  await rewriteCourses(root, files);
  return root;
}

export async function rewriteCourses(root: string, files: Files): Promise<void> {
  for (const [path, content] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

export async function removeCourses(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
