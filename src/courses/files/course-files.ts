import type { Question } from '../../rules/questions.js';
import type { Place } from './finding.js';
import type { Located } from './located.js';
import type { AssignmentShape, CourseShape, FrontMatter } from './shapes.js';

/** A course as it stands in its folder: everything that could be read, each part knowing its line. */
export interface CourseFiles {
  /** Name of the folder. */
  slug: string;
  /** SHA-256 over names and contents of all files: what decides whether a new version is due. */
  sha256: string;
  course: Located<CourseShape>;
  lessons: LessonFile[];
  questions: BankItem[];
  assignment: Located<AssignmentShape> | null;
  media: MediaFile[];
  /** Every text file as written, for the checks of the writing itself. */
  texts: TextFile[];
}

export interface LessonFile {
  code: string;
  lang: 'vi' | 'en';
  file: string;
  front: Located<FrontMatter>;
  markdown: string;
  /** The line on which the Markdown begins. */
  bodyLine: number;
  /** What is read out, where there is such a file. */
  listen: TextFile | null;
}

export interface BankItem {
  question: Question;
  at: (...path: PropertyKey[]) => Place;
}

export interface MediaFile {
  name: string;
  file: string;
  mediaType: string;
  body: Buffer;
  /** As drawn, in CSS pixels, so that a page keeps room for it; null where unknown. */
  size: { width: number; height: number } | null;
}

export interface TextFile { file: string; text: string }
