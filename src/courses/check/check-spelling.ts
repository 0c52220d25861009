import { misspelt, type Dictionaries } from '../../rules/spelling.js';
import type { TextFile } from '../files/course-files.js';
import { error, type Finding } from '../files/finding.js';

/** Words that no dictionary has, in every text of a course, file as written. */
export function checkSpelling(texts: readonly TextFile[], dictionaries: Dictionaries): Finding[] {
  return texts.filter((text) => !text.file.endsWith('.svg')).flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) =>
      misspelt(line, dictionaries).map((word) => error({ file, line: index + 1 }, 'word-unknown', { word }))));
}
