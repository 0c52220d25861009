import type { Database } from '../../src/platform/database/database.js';
import { one, type Tx } from '../../src/platform/database/sql.js';
import type { Question } from '../../src/rules/questions.js';

/** A small course, written straight into the tables: two lessons, eight questions of all types, a quiz of four. */
export interface FixtureCourse {
  courseId: number;
  versionId: number;
  number: number;
  code: string;
  slug: string;
  lessons: { id: number; code: string; slug: string }[];
  /** The bank with its key, as the grading rule reads it. */
  questions: Question[];
}

export interface FixtureOptions {
  code?: string;
  slug?: string;
  title?: string;
  /** Periods of the course, proved for K1. */
  periods?: number;
  validityMonths?: number | null;
  /** null: no quiz. Otherwise changes to {questions: 4, pass: 70, minutes: 30, attempts: 3, wait: after 2, 24 hours}. */
  quiz?: {
    questions?: number;
    pass?: number;
    minutes?: number;
    attempts?: number | null;
    wait?: { after: number; hours: number } | null;
  } | null;
  assignment?: boolean;
  /** Whether lessons and questions are in English too. */
  english?: boolean;
  lessons?: number;
  questions?: Question[];
  publishedAt?: string;
}

/** Inserts the course, or the next version of it where its code exists already. */
export async function fixtureCourse(database: Database, options: FixtureOptions = {}): Promise<FixtureCourse> {
  return database.inTransaction((tx) => insert(tx, options));
}

async function insert(tx: Tx, options: FixtureOptions): Promise<FixtureCourse> {
  const { code = 'T1', title = 'Khóa thử nghiệm', periods = 6, english = false } = options;
  const slug = options.slug ?? `${code.toLowerCase()}-khoa-thu`;
  const questions = options.questions ?? fixtureQuestions(code.toLowerCase(), english);
  const { wait, ...quiz } = {
    questions: 4,
    pass: 70,
    minutes: 30,
    attempts: 3,
    wait: { after: 2, hours: 24 },
    ...options.quiz,
  };
  const hasQuiz = options.quiz !== null;

  const course = await one<{ id: number }>(tx,
    `INSERT INTO course (code, slug) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET slug = excluded.slug RETURNING id`,
    [code, slug]);
  const version = await one<{ id: number; number: number }>(tx,
    `INSERT INTO course_version (course_id, number, content_sha256, title, summary, periods, validity_months, competences,
       outcomes, quiz, completion, assignment, published_at)
     VALUES ($1, (SELECT count(*) + 1 FROM course_version WHERE course_id = $1), md5(random()::text), $2, $3, $4, $5, $6, $7, $8,
       $9, $10, $11) RETURNING id, number`,
    [course.id, { vi: title, en: `${title} (EN)` }, { vi: 'Tóm tắt khóa thử.', en: 'A summary.' }, periods,
      options.validityMonths === undefined ? 36 : options.validityMonths, { digcomp: [2], circular02: [2] },
      JSON.stringify([{ id: `${code}.1a`, text: { vi: 'Kết quả một', en: 'Outcome one' } },
        { id: `${code}.2a`, text: { vi: 'Kết quả hai', en: 'Outcome two' } }]),
      hasQuiz ? { ...quiz, ...(wait ? { wait } : {}) } : null,
      {
        lessons: 'all',
        ...(hasQuiz ? { quiz: 'passed' } : {}),
        ...(options.assignment ? { assignment: 'passed' } : {}),
      },
      options.assignment ? ASSIGNMENT : null,
      options.publishedAt ?? '2026-01-05T02:00:00Z',
    ],
  );
  await tx.query('INSERT INTO course_proof (course_version_id, criterion, periods) VALUES ($1, $2, $3)', [
    version.id,
    'K1',
    periods,
  ]);

  const lessons: FixtureCourse['lessons'] = [];
  for (let position = 1; position <= (options.lessons ?? 2); position += 1) {
    const lesson = { code: `${code}.${position}`, slug: `0${position}-bai-thu` };
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO lesson (course_version_id, position, code, slug, title, minutes, outcomes, contents)
       VALUES ($1, $2, $3, $4, $5, 12, $6, $7) RETURNING id`,
      [version.id, position, lesson.code, lesson.slug, { vi: `Bài thử số ${position}`, en: `Trial lesson ${position}` },
        JSON.stringify([`${code}.${position}a`]),
        { vi: lessonContent(position, version.number), ...(english ? { en: englishContent(position) } : {}) }]);
    lessons.push({ id, ...lesson });
  }
  for (const { key, type, outcome, difficulty, kind, ...content } of questions) {
    await tx.query(
      `INSERT INTO question (course_version_id, key, type, outcome, difficulty, kind, content) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [version.id, key, type, outcome, difficulty, kind, content]);
  }
  return { courseId: course.id, versionId: version.id, number: version.number, code, slug, lessons, questions };
}

/** Eight questions: two of choice among them, one at least of every type, over two outcomes. */
export function fixtureQuestions(prefix = 't1', english = false): Question[] {
  const code = prefix.toUpperCase();
  const both = (vi: string, en: string) => (english ? { vi, en } : { vi });
  const common = (number: number, stem: string) => ({
    key: `${prefix}-00${number}`,
    outcome: `${code}.${number % 2 === 0 ? 2 : 1}a`,
    difficulty: 2 as const,
    kind: 'case' as const,
    stem: both(stem, `Question ${number}`),
    feedback: both(`Giải thích câu ${number}.`, `Explanation ${number}.`),
  });
  const option = (text: string, correct: boolean) => ({
    text: both(text, `${text} (en)`), correct, feedback: both(`Phản hồi cho ${text}.`, `Feedback for ${text}.`),
  });
  const wrong = both('Chưa đúng vì lý do đã nêu trong bài.', 'Not right, for the reason given in the lesson.');
  return [
    {
      ...common(1, 'Bản tin nào phát trước?'),
      type: 'single',
      options: [
        option('Định kỳ', false),
        option('Khẩn cấp', true),
        option('Giải trí', false),
        option('Nhắc lịch', false),
      ],
    },
    {
      ...common(2, 'Những việc nào phải làm trước khi phát?'),
      type: 'multiple',
      options: [
        option('Xác minh nguồn', true),
        option('Xin duyệt', true),
        option('Mở loa thử', false),
        option('Đợi bản tin sau', false),
      ],
    },
    { ...common(3, 'Giọng máy phải được ghi rõ là giọng máy.'), type: 'true-false', answer: true, wrong },
    { ...common(4, 'Ghép mức bản tin với cách phát.'), type: 'matching', wrong,
      pairs: [
        { left: both('Khẩn cấp', 'Emergency'), right: both('Phát ngay', 'At once') },
        { left: both('Ưu tiên', 'Priority'), right: both('Phát trong ngày', 'Within the day') },
        { left: both('Thông thường', 'Ordinary'), right: both('Theo lịch', 'By schedule') },
      ],
      distractors: [both('Không phát', 'Never')],
    },
    {
      ...common(5, 'Xếp các bước theo thứ tự.'),
      type: 'ordering',
      wrong,
      items: [
        both('Nhận tin', 'Receive'),
        both('Xác minh', 'Verify'),
        both('Duyệt', 'Approve'),
        both('Phát', 'Broadcast'),
      ],
    },
    {
      ...common(6, 'Chỉ tiêu năm 2030 là bao nhiêu phần trăm?'),
      type: 'numeric',
      answer: 70,
      tolerance: 0,
      unit: '%',
      wrong,
      common: [{ value: 69.9, feedback: both('Làm tròn lên là sai.', 'Rounding up is wrong.') }],
    },
    {
      ...common(7, 'Bản tin ngắt mọi bản tin khác gọi là gì?'),
      type: 'short-text',
      accept: ['khẩn cấp', 'bản tin khẩn cấp'],
      wrong,
    },
    {
      ...common(8, 'Ai duyệt bản tin của xã?'),
      type: 'single',
      options: [option('Lãnh đạo xã', true), option('Người đọc', false), option('Kỹ thuật viên', false)],
    },
  ];
}

function lessonContent(position: number, version: number) {
  return {
    summary: `Tóm tắt bài ${position}.`,
    html: `<h2 id="tinh-huong">Tình huống</h2><p>Nội dung bài ${position}, phiên bản ${version}.</p>`
      + '<h2 id="viec-lam-ngay">Việc làm ngay thứ Hai</h2><p>Lập lịch phát thanh tuần.</p>',
    markdown: `## Tình huống\n\nNội dung bài ${position}.`,
    checks: [
      {
        question: 'Bản tin nào phát trước?',
        options: [
          { text: 'Bản tin khẩn cấp', correct: true, feedback: 'Đúng. Tính mạng trước.' },
          { text: 'Bản tin định kỳ', correct: false, feedback: 'Chưa đúng. Lịch định kỳ lùi lại.' },
        ],
      },
    ],
    sources: [
      {
        title: 'Nghị định 49/2024/NĐ-CP',
        body: 'Chính phủ',
        date: '10/05/2024',
        note: 'Điều khoản cần kiểm tra bản gốc',
      },
    ],
    ...(position === 1 ? { listen: '<p>Lời đọc của bài một.</p>' } : {}),
  };
}

function englishContent(position: number) {
  return {
    summary: `Summary of lesson ${position}.`,
    html: `<h2 id="situation">A situation</h2><p>Text of lesson ${position}.</p>`,
    markdown: '## A situation',
    checks: [{ question: 'Which goes first?', options: [
      { text: 'The emergency bulletin', correct: true, feedback: 'Right.' },
      { text: 'The regular one', correct: false, feedback: 'Not this one.' }] }],
    sources: [{ title: 'Decree 49/2024/NĐ-CP', body: 'Government', date: '10/05/2024' }],
  };
}

const CRITERIA = {
  accuracy: 'Chính xác',
  audience: 'Hợp công chúng',
  clarity: 'Rõ ràng',
  legality: 'Đúng luật',
  measurement: 'Đo lường',
};
const ASSIGNMENT = {
  title: { vi: 'Viết một bản tin ưu tiên', en: 'Write a priority bulletin' },
  brief: { vi: '<p>Viết một bản tin cho xã.</p>', en: '<p>Write a bulletin for the commune.</p>' },
  words: { min: 5, max: 200 },
  file: { required: false, types: ['pdf', 'docx', 'txt'], maxMb: 5 },
  criteria: Object.entries(CRITERIA).map(([id, vi]) => ({
    id,
    title: { vi, en: id },
    levels: [1, 2, 3, 4].map((level) => ({ level, text: { vi: `${vi} mức ${level}`, en: `${id} level ${level}` } })),
  })),
  pass: { eachAtLeast: 2, totalAtLeast: 14 },
  modelAnswer: { vi: '<p>Bài mẫu.</p>', en: '<p>A model answer.</p>' },
  markerGuide: { vi: '<p>Hướng dẫn chấm.</p>', en: '<p>Marking guide.</p>' },
};
