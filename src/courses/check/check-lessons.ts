import { countWords } from '../../rules/wording.js';
import { isCivilDate } from '../../rules/civil-date.js';
import type { CourseFiles, LessonFile } from '../files/course-files.js';
import { error, note, type Finding } from '../files/finding.js';
import { anchorsOf, mediaName, partsOf } from '../markdown.js';
import { LESSON_WORDS, SELF_CHECKS } from './rules.js';

/** Each lesson: length, self-checks, sources, headings, pictures, links, and the two languages against each other. */
export function checkLessons(files: CourseFiles): Finding[] {
  return [
    ...files.lessons.flatMap((lesson) => [
      ...checkLength(lesson), ...checkSelfChecks(lesson), ...checkSources(lesson), ...checkBody(lesson, files),
    ]),
    ...checkLanguages(files),
    ...checkListening(files),
  ];
}

/** English needs fewer words for the same, so only the Vietnamese text is measured. */
function checkLength(lesson: LessonFile): Finding[] {
  if (lesson.lang !== 'vi') return [];
  const words = countWords(lesson.markdown);
  const { least, most } = LESSON_WORDS;
  if (words >= least && words <= most) return [];
  const code = words < least ? 'lesson-too-short' : 'lesson-too-long';
  return [error({ file: lesson.file, line: lesson.bodyLine }, code, { words, least, most })];
}

function checkSelfChecks({ front: { value: front, at } }: LessonFile): Finding[] {
  const { least, most } = SELF_CHECKS;
  const findings: Finding[] = [];
  if (front.checks.length < least || front.checks.length > most) {
    findings.push(error(at('checks'), 'self-checks-count', { count: front.checks.length, least, most }));
  }
  for (const [index, check] of front.checks.entries()) {
    const keys = check.options.filter((option) => option.correct).length;
    if (keys !== 1) findings.push(error(at('checks', index, 'options'), 'key-not-single', { keys }));
  }
  return findings;
}

function checkSources({ front: { value: front, at } }: LessonFile): Finding[] {
  return front.sources.flatMap((source, index) => {
    const [day, month, year] = source.date.split('/');
    return isCivilDate(`${year}-${month}-${day}`) ? []
      : [error(at('sources', index, 'date'), 'source-date-wrong', { value: source.date })];
  });
}

function checkBody(lesson: LessonFile, files: CourseFiles): Finding[] {
  const parts = partsOf(lesson.markdown);
  const at = (line: number) => ({ file: lesson.file, line: lesson.bodyLine + line - 1 });
  const findings: Finding[] = [];
  let above = 1;
  for (const heading of parts.headings) {
    const { level, line } = heading;
    if (level < 2 || level > above + 1) findings.push(error(at(line), 'heading-level', { level }));
    above = level;
  }
  for (const html of parts.html) findings.push(error(at(html.line), 'html-in-text', { text: html.text }));
  for (const { line } of parts.emptyHeads) findings.push(error(at(line), 'table-head-empty'));
  for (const image of parts.images) {
    const name = mediaName(image.src);
    const exists = files.media.some((media) => media.name === name)
      // Pictures that were refused have their own finding already.
      || files.texts.some((text) => text.file === `${files.slug}/media/${name}`);
    if (name === null || !exists) findings.push(error(at(image.line), 'image-missing', { src: image.src }));
    if (image.alt.trim() === '') findings.push(error(at(image.line), 'image-without-text', { src: image.src }));
  }
  const anchors = anchorsOf(lesson.markdown);
  for (const { href, line } of parts.links) {
    const leads = href.startsWith('#') ? anchors.has(href.slice(1)) : /^(https?:\/\/|mailto:|\/)/.test(href);
    if (!leads) findings.push(error(at(line), 'link-wrong', { href }));
  }
  return findings;
}

/** English is optional for a course; once one lesson has it, a reader will look for the others. */
function checkLanguages(files: CourseFiles): Finding[] {
  const english = new Map(files.lessons.flatMap((lesson) => (lesson.lang === 'en' ? [[lesson.code, lesson]] : [])));
  if (english.size === 0) return [];
  return files.lessons.filter((lesson) => lesson.lang === 'vi').flatMap((vietnamese) => {
    const translated = english.get(vietnamese.code);
    if (!translated) return [note({ file: vietnamese.file, line: 1 }, 'english-missing', { code: vietnamese.code })];
    const findings: Finding[] = [];
    const [checks, theirs] = [vietnamese.front.value.checks, translated.front.value.checks];
    if (checks.length !== theirs.length) {
      const counts = { vi: checks.length, en: theirs.length };
      findings.push(error(translated.front.at('checks'), 'english-checks-differ', counts));
    }
    const headings = { vi: headingsIn(vietnamese), en: headingsIn(translated) };
    if (headings.vi !== headings.en) {
      findings.push(error({ file: translated.file, line: translated.bodyLine }, 'english-headings-differ', headings));
    }
    return findings;
  });
}

const headingsIn = (lesson: LessonFile) => partsOf(lesson.markdown).headings.length;

/** Words to listen to: all lessons or none, else somebody who only listens meets a gap. */
function checkListening(files: CourseFiles): Finding[] {
  const lessons = files.lessons.filter((lesson) => lesson.lang === 'vi');
  if (!lessons.some((lesson) => lesson.listen)) return [];
  const tell = files.course.value.code.startsWith('B') ? error : note;
  return lessons.flatMap((lesson) => {
    const { listen, file, code } = lesson;
    if (!listen) return [tell({ file, line: 1 }, 'listen-missing', { code })];
    return listen.text.trim() === '' ? [error({ file: listen.file, line: 1 }, 'listen-missing', { code })] : [];
  });
}
