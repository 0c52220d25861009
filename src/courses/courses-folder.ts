import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the authors' files are: the folder `courses` beside `src`, or above `dist`. It holds targets.yaml. */
export function coursesFolder(from = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'courses', 'targets.yaml'))) return join(folder, 'courses');
    if (dirname(folder) === folder) throw new Error(`No courses/targets.yaml above ${from}`);
  }
}
