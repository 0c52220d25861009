import { readingEase } from '../../rules/reading-ease.js';
import type { CourseFiles } from '../files/course-files.js';
import { error, type Finding, type Place } from '../files/finding.js';
import { proseOf } from '../markdown.js';
import { readingBand } from './rules.js';

/** Whether each Vietnamese lesson, and what is read out of it, is as easy to read as its programme's readers need. */
export function checkReading(files: CourseFiles): Finding[] {
  return files.lessons.filter((lesson) => lesson.lang === 'vi').flatMap((lesson) => [
    ...within(files, { file: lesson.file, line: lesson.bodyLine }, proseOf(lesson.markdown)),
    ...(lesson.listen ? within(files, { file: lesson.listen.file, line: 1 }, proseOf(lesson.listen.text)) : []),
  ]);
}

function within(files: CourseFiles, place: Place, prose: readonly string[]): Finding[] {
  const ease = readingEase(prose);
  if (!ease) return [];
  const band = readingBand(files.course.value.code);
  const findings: Finding[] = [];
  if (ease.level < band.level.least || ease.level > band.level.most) {
    findings.push(error(place, 'reading-level', {
      level: rounded(ease.level), sentence: rounded(ease.sentenceLength), word: rounded(ease.wordLength), ...band.level,
    }));
  }
  if (ease.longShare > band.longShare) {
    const share = Math.ceil(ease.longShare * 100);
    findings.push(error(place, 'sentences-long', { share, most: band.longShare * 100 }));
  }
  return findings;
}

const rounded = (number: number) => Math.round(number * 10) / 10;
