import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import type { Finding } from './files/finding.js';

/** `b2-loa-thong-minh/course.yaml:12: lỗi: Thiếu mục "title".` */
export function describeFinding(lang: Language, finding: Finding): string {
  const sentence = text(lang, `courses.findings.${finding.code}`, finding.params);
  return `${finding.file}:${finding.line}: ${text(lang, `courses.severity.${finding.severity}`)}: ${sentence}`;
}
