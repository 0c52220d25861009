import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { hashOf } from './content-hash.js';
import type { BankItem, CourseFiles, LessonFile, TextFile } from './course-files.js';
import { error, type Finding } from './finding.js';
import { readYaml, readYamlList } from './located.js';
import { readMedia } from './read-media.js';
import {
  asQuestion, assignmentShape, courseShape, frontMatterShape, questionShape, type CourseShape,
} from './shapes.js';

/** `course` is null where not even course.yaml could be understood; what could not be read is told either way. */
export interface CourseRead { slug: string; course: CourseFiles | null; unread: Finding[] }

/**
 * Reads the folder of one course. What cannot be read is told with file and line.
 * @param root the folder of all courses
 */
export async function readCourse(root: string, slug: string): Promise<CourseRead> {
  const files = await filesUnder(root, slug);
  const unread: Finding[] = [];
  const texts = files.filter((file) => /\.(md|yaml|svg)$/.test(file.name))
    .map((file): TextFile => ({ file: file.name, text: file.body.toString('utf8') }));
  const find = (path: string) => texts.find((text) => text.file === `${slug}/${path}`) ?? null;

  const main = find('course.yaml');
  if (!main) return { slug, course: null, unread: [error({ file: `${slug}/course.yaml`, line: 1 }, 'file-missing')] };
  const course = readYaml(main.file, main.text, courseShape);
  if (!course.found) return { slug, course: null, unread: course.findings };

  const lessons: LessonFile[] = [];
  for (const [index, lesson] of course.found.value.lessons.entries()) {
    for (const lang of ['vi', 'en'] as const) {
      const path = `lessons/${lesson.file}.${lang}.md`;
      const text = find(path);
      const listen = find(`lessons/${lesson.file}.${lang}.listen.md`);
      if (text) lessons.push(...readLesson(lesson.code, lang, text, listen, unread));
      else if (lang === 'vi') {
        unread.push(error(course.found.at('lessons', index, 'file'), 'lesson-file-missing', { path }));
      }
    }
  }
  unread.push(...strayLessons(slug, texts, course.found.value));

  const questions = texts.filter((text) => text.file.startsWith(`${slug}/questions/`) && text.file.endsWith('.yaml'))
    .flatMap((text) => readBank(text, unread));
  const assignmentText = find('assignment.yaml');
  const assignment = assignmentText ? readYaml(assignmentText.file, assignmentText.text, assignmentShape) : null;
  unread.push(...(assignment?.findings ?? []));
  const media = await readMedia(files.filter((file) => file.name.startsWith(`${slug}/media/`)), unread);
  return {
    slug, unread,
    course: {
      slug, sha256: hashOf(files), course: course.found, lessons, questions, assignment: assignment?.found ?? null,
      media, texts,
    },
  };
}

/** The folders of courses, in order. Whatever has no course.yaml and is not meant to have one is passed over. */
export async function courseFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== 'programmes' && !entry.name.startsWith('.'))
    .map((entry) => entry.name).sort();
}

/** The hash of a folder without reading what it means: to pass over what has not changed. */
export async function hashCourse(root: string, slug: string): Promise<string> {
  return hashOf(await filesUnder(root, slug));
}

const FRONT = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

function readLesson(
  code: string, lang: 'vi' | 'en', text: TextFile, listen: TextFile | null, unread: Finding[],
): LessonFile[] {
  const front = FRONT.exec(text.text);
  if (!front) {
    unread.push(error({ file: text.file, line: 1 }, 'front-matter-missing'));
    return [];
  }
  const read = readYaml(text.file, front[1] ?? '', frontMatterShape, 2);
  unread.push(...read.findings);
  if (!read.found) return [];
  const bodyLine = front[0].split('\n').length;
  const markdown = text.text.slice(front[0].length);
  return [{ code, lang, file: text.file, front: read.found, markdown, bodyLine, listen }];
}

/** Files among the lessons that course.yaml does not name: a slip of the pen that would go unnoticed. */
function strayLessons(slug: string, texts: readonly TextFile[], course: CourseShape): Finding[] {
  const named = new Set(course.lessons.flatMap((lesson) => ['vi.md', 'en.md', 'vi.listen.md', 'en.listen.md']
    .map((ending) => `${slug}/lessons/${lesson.file}.${ending}`)));
  return texts.filter((text) => text.file.startsWith(`${slug}/lessons/`) && !named.has(text.file))
    .map((text) => error({ file: text.file, line: 1 }, 'lesson-stray'));
}

/** A broken question is told and does not hide the others. */
function readBank(text: TextFile, unread: Finding[]): BankItem[] {
  const { items, findings } = readYamlList(text.file, text.text, questionShape);
  unread.push(...findings);
  return items.map((item) => ({ question: asQuestion(item.value), at: item.at }));
}

async function filesUnder(root: string, slug: string): Promise<{ name: string; body: Buffer }[]> {
  const entries = await readdir(join(root, slug), { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(paths.map(async (path) => ({
    name: relative(root, path).split('\\').join('/'), body: await readFile(path),
  })));
}
