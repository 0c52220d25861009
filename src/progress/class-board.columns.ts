import type { Language } from '../platform/config.js';
import type { Column } from '../platform/spreadsheets/index.js';
import { localText, text } from '../platform/texts.js';
import type { ClassMember, CourseStanding } from './class-board.repository.js';

/** The columns of the exported class: the same facts as on screen, one course after another. */
export function classColumns(courseCodes: readonly string[], lang: Language): Column<ClassMember>[] {
  const header = (key: string, params: Record<string, unknown> = {}) => text(lang, `progress.column.${key}`, params);
  const ofCourse = (code: string, value: (course: CourseStanding) => string | number | null) => (member: ClassMember) => {
    const course = member.courses.find((candidate) => candidate.code === code);
    return course ? value(course) : null;
  };
  return [
    { header: header('person'), value: (m) => m.personId, kind: 'number' },
    { header: header('name'), value: (m) => m.name, width: 28 },
    { header: header('agency-code'), value: (m) => m.agency?.code, width: 12 },
    { header: header('agency'), value: (m) => (m.agency ? localText(lang, m.agency.name) : ''), width: 32 },
    { header: header('state'), value: (m) => text(lang, `progress.state.${m.state}`), width: 18 },
    { header: header('late'), value: (m) => (m.late ? text(lang, 'progress.yes') : ''), width: 10 },
    { header: header('percent'), value: (m) => m.percent, kind: 'number' },
    { header: header('due'), value: (m) => m.due, kind: 'date' },
    { header: header('extended'), value: (m) => (m.extended ? text(lang, 'progress.yes') : ''), width: 10 },
    { header: header('last'), value: (m) => m.lastAt, kind: 'datetime' },
    { header: header('moved'), value: (m) => m.leftOn, kind: 'date' },
    ...courseCodes.flatMap((code): Column<ClassMember>[] => [
      { header: header('finished', { code }), value: ofCourse(code, (c) => c.lessonsFinished), kind: 'number' },
      { header: header('lessons', { code }), value: ofCourse(code, (c) => c.lessons), kind: 'number' },
      { header: header('quiz', { code }), value: ofCourse(code, (c) => text(lang, `progress.word.quiz.${c.quiz}`)) },
      { header: header('score', { code }), value: ofCourse(code, (c) => c.score), kind: 'number' },
      {
        header: header('assignment', { code }),
        value: ofCourse(code, (c) => text(lang, `progress.word.assignment.${c.assignment}`)),
      },
      { header: header('completed', { code }), value: ofCourse(code, (c) => c.completedOn), kind: 'date' },
    ]),
  ];
}
