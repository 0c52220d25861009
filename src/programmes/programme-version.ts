import type { Competences } from '../courses/index.js';
import type { LocalText } from '../platform/texts.js';

/** A published version of a programme (A to F, and the counted paths LT1 to LT3): a set of courses for somebody. Written once, never changed. */
export interface ProgrammeVersion {
  id: number;
  programmeId: number;
  /** In the outline: `B`. */
  code: string;
  slug: string;
  number: number;
  title: LocalText;
  summary: LocalText;
  audience: { groups: string[]; text: LocalText };
  /** Of the whole programme as planned, courses in preparation included. */
  periods: number;
  /** Criteria it counts towards: K1, K2; empty for awareness. */
  criteria: string[];
  outcomes: LocalText[];
  /** The target that completing it suffices for (`t70-2030`); null for a programme that is no counted path. */
  path: string | null;
  /** For looking up; null where the programme is not tagged. */
  competences: Competences | null;
  certificate: boolean;
  courses: ProgrammeCourse[];
}

export interface ProgrammeCourse {
  /** In the outline: `B2`. */
  code: string;
  /** null while the course is in preparation and was never published. */
  courseId: number | null;
  /** What is in preparation cannot be studied through the programme, and is never required. */
  requirement: 'required' | 'elective' | 'preparation';
  /** Of a course in preparation, which has no version to take them from. */
  title: LocalText | null;
  periods: number | null;
}
