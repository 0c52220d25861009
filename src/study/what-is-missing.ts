import type { CourseVersion } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import type { CourseRule, Missing } from '../rules/completion.js';

/** What a version asks for before it is complete. */
export function courseRuleOf(version: CourseVersion): CourseRule {
  return {
    lessons: version.lessons.map((lesson) => lesson.code),
    quiz: version.completion.quiz !== undefined && version.quiz !== null,
    assignment: version.completion.assignment !== undefined && version.assignment !== null,
  };
}

/** Everything that is still missing, in one sentence; nothing missing is said too. */
export function missingSentence(lang: Language, missing: readonly Missing[]): string {
  if (missing.length === 0) return text(lang, 'study.missing.nothing');
  const parts = missing.map((part) => {
    switch (part.what) {
      case 'lessons': return text(lang, 'study.missing.lessons', { count: part.codes.length, code: part.codes[0] });
      case 'quiz': return text(lang, 'study.missing.quiz');
      case 'assignment': return text(lang, `study.missing.assignment-${part.because}`);
    }
  });
  const list = new Intl.ListFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', { type: 'conjunction' }).format(parts);
  return text(lang, 'study.missing.sentence', { list });
}
