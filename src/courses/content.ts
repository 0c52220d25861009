import { text } from '../platform/texts.js';
import type { Question } from '../rules/questions.js';
import type { Assignment, LessonContent } from './course-version.js';
import type { CourseFiles, LessonFile, MediaFile } from './files/course-files.js';
import type { AssignmentShape } from './files/shapes.js';
import { renderMarkdown, type Rendering } from './markdown.js';

/** What is kept of a version besides the row of the course itself. */
export interface Content {
  assignment: Assignment | null;
  lessons: {
    position: number; code: string; slug: string; title: unknown; minutes: number; outcomes: string[];
    contents: { vi: StoredLesson; en?: StoredLesson };
  }[];
  questions: Question[];
  media: MediaFile[];
}

/** With its source, so that a later edition of this software can show it in another form. */
type StoredLesson = LessonContent & { markdown: string };

/** Turns the author's files into what is shown. Pictures are addressed by version, since each has its own. */
export function contentOf(files: CourseFiles, versionId: number): Content {
  const { value: course } = files.course;
  const image: Rendering['image'] = (name) => {
    const media = files.media.find((candidate) => candidate.name === name);
    return media ? { src: `/courses/media/${versionId}/${name}`, ...media.size } : null;
  };
  const render = (source: string, lang: 'vi' | 'en', shift: number) =>
    renderMarkdown(source, {
      tableLabel: text(lang, 'courses.table'), openLabel: text(lang, 'courses.open-picture'), shift, image,
    });
  const stored = (lesson: LessonFile): StoredLesson => ({
    ...lesson.front.value,
    markdown: lesson.markdown,
    html: render(lesson.markdown, lesson.lang, 0),
    ...(lesson.listen ? { listen: render(lesson.listen.text, lesson.lang, 1) } : {}),
  });
  return {
    assignment: files.assignment ? assignmentOf(files.assignment.value, render) : null,
    lessons: course.lessons.map((lesson, index) => {
      const inLang = (lang: 'vi' | 'en') =>
        files.lessons.find((file) => file.code === lesson.code && file.lang === lang);
      const [vi, en] = [inLang('vi'), inLang('en')];
      if (!vi) throw new Error(`Lesson ${lesson.code} was checked and has no Vietnamese text`);
      return {
        position: index + 1, code: lesson.code, slug: lesson.file, title: lesson.title, minutes: lesson.minutes,
        outcomes: lesson.outcomes, contents: { vi: stored(vi), ...(en ? { en: stored(en) } : {}) },
      };
    }),
    questions: files.questions.map((item) => item.question),
    media: files.media,
  };
}

function assignmentOf(
  shape: AssignmentShape, render: (source: string, lang: 'vi' | 'en', shift: number) => string,
): Assignment {
  const html = (value: { vi: string; en?: string }) => ({
    vi: render(value.vi, 'vi', 1), ...(value.en === undefined ? {} : { en: render(value.en, 'en', 1) }),
  });
  return {
    title: shape.title,
    brief: html(shape.brief),
    words: shape.words,
    file: { required: shape.file.required, types: shape.file.types, maxMb: shape.file.max_mb },
    criteria: shape.criteria,
    pass: { eachAtLeast: shape.pass.each_at_least, totalAtLeast: shape.pass.total_at_least },
    modelAnswer: html(shape.model_answer),
    markerGuide: html(shape.marker_guide),
  };
}
