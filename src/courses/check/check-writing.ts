import { houseTones } from '../../rules/wording.js';
import type { TextFile } from '../files/course-files.js';
import { error, type Finding } from '../files/finding.js';

/** The letters themselves: NFC, and tones placed in one style throughout. Runs over files as written. */
export function checkWriting(texts: readonly TextFile[]): Finding[] {
  return texts.flatMap(({ file, text }) => text.split('\n').flatMap((line, index) => {
    const place = { file, line: index + 1 };
    const findings: Finding[] = [];
    const composed = line.normalize('NFC');
    if (line !== composed) findings.push(error(place, 'not-nfc', { text: firstChange(line, composed) }));
    if (line.includes('\ufffd')) findings.push(error(place, 'not-utf8'));
    const right = houseTones(composed);
    if (right !== composed) {
      const [written, meant] = changedWords(composed, right);
      findings.push(error(place, 'tone-style', { written, meant }));
    }
    return findings;
  }));
}

function changedWords(written: string, meant: string): [string, string] {
  const [before, after] = [written.split(/[^\p{L}]+/u), meant.split(/[^\p{L}]+/u)];
  const at = before.findIndex((word, index) => word !== after[index]);
  return [before[at] ?? '', after[at] ?? ''];
}

function firstChange(written: string, composed: string): string {
  const words = composed.split(/\s+/);
  return words.find((word, index) => written.split(/\s+/)[index] !== word) ?? '';
}
