/**
 * Something that is wrong, or worth a second look, in a file of an author. An error keeps the course from being
 * published; a note does not. The sentence stands in texts/<lang>/courses.json under `findings.<code>`.
 */
export interface Finding extends Place {
  severity: 'error' | 'note';
  code: string;
  params: Record<string, unknown>;
}

export interface Place {
  /** From the folder of all courses: `b2-loa-thong-minh/course.yaml`. */
  file: string;
  /** From 1. */
  line: number;
}

export const error = (place: Place, code: string, params: Record<string, unknown> = {}): Finding =>
  ({ severity: 'error', file: place.file, line: place.line, code, params });

export const note = (place: Place, code: string, params: Record<string, unknown> = {}): Finding =>
  ({ severity: 'note', file: place.file, line: place.line, code, params });

/** By file and line, errors first within a line; the same thing said twice is said once. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const once = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...once.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line
    || compare(a.severity, b.severity) || compare(a.code, b.code));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
