import type { LocalText } from '../platform/texts.js';

/** A published version of a course. Written once, never changed: whoever has begun stays on the version they saw. */
export interface CourseVersion {
  /** Of the version. What attempts, visits and completions point at. */
  id: number;
  courseId: number;
  /** In the outline: `B2`. */
  code: string;
  /** Name of the folder, and of the address: `b2-loa-thong-minh`. */
  slug: string;
  /** 1, 2, 3… within the course. */
  number: number;
  title: LocalText;
  summary: LocalText;
  /** One period (tiết) is 45 minutes. */
  periods: number;
  /** How long a completion proves something; null: for good. */
  validityMonths: number | null;
  competences: Competences;
  proofs: CourseProof[];
  outcomes: Outcome[];
  /** In the order of study. */
  lessons: Lesson[];
  /** How many questions the bank holds. The questions themselves: `Courses.questions`. */
  bank: number;
  quiz: Quiz | null;
  completion: CompletionRule;
  assignment: Assignment | null;
  publishedAt: Date;
}

/** DigComp 3.0 areas 1 to 5; areas 1 to 6 of Circular 02/2025/TT-BGDĐT. For looking up, no obligation. */
export interface Competences { digcomp: number[]; circular02: number[] }

/** So many periods of a criterion (K1, K2) that a completion proves. */
export interface CourseProof { criterion: string; periods: number }

export interface Outcome { id: string; text: LocalText }

export interface Lesson {
  id: number;
  code: string;
  slug: string;
  /** From 1. */
  position: number;
  title: LocalText;
  minutes: number;
  /** Ids of outcomes. */
  outcomes: string[];
  contents: { vi: LessonContent; en?: LessonContent };
}

/** One language of a lesson; every text is in that language. */
export interface LessonContent {
  summary: string;
  /** Ready to be shown: made from Markdown without any HTML of the author's. Headings start at h2. */
  html: string;
  checks: SelfCheck[];
  sources: Source[];
  /** The words to be listened to, as HTML paragraphs, where the author has written them. */
  listen?: string;
}

/** A question for oneself inside a lesson; never counted. Exactly one option is correct. */
export interface SelfCheck {
  question: string;
  options: { text: string; correct: boolean; feedback: string }[];
}

export interface Source {
  title: string;
  body: string;
  /** As shown: `dd/mm/yyyy`. */
  date: string;
  note?: string;
  url?: string;
}

export interface Quiz {
  /** Drawn from the bank for each attempt. */
  questions: number;
  /** Score out of 100 from which it is passed. */
  pass: number;
  /** Time for an attempt. */
  minutes: number;
  /** How many attempts; null: as many as one likes. */
  attempts: number | null;
  /** After the attempt with this number one waits so many hours before the next. */
  wait?: { after: number; hours: number };
}

/** What must all be there; a part that is absent is not asked for. */
export interface CompletionRule { lessons: 'all'; quiz?: 'passed'; assignment?: 'passed' }

export interface Assignment {
  title: LocalText;
  /** HTML. */
  brief: LocalText;
  /** Of the part written in the form, counted between spaces. */
  words: { min: number; max: number };
  /** Endings without a dot (`pdf`); size in megabytes. */
  file: { required: boolean; types: string[]; maxMb: number };
  /** Five criteria of four levels each. */
  criteria: Criterion[];
  /** As rules/grading `gradeRubric` takes it. */
  pass: { eachAtLeast: number; totalAtLeast: number };
  /** HTML. For assessors, and for the learner once marked. */
  modelAnswer: LocalText;
  /** HTML. For assessors only. */
  markerGuide: LocalText;
}

export interface Criterion {
  id: string;
  title: LocalText;
  /** Level 1 to 4 in this order. */
  levels: { level: number; text: LocalText }[];
}
