import { Injectable } from '@nestjs/common';
import { Courses, type CourseVersion } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { Programmes, type ProgrammeVersion } from '../programmes/index.js';
import type { CivilDate } from '../rules/civil-date.js';
import { missingForCourse, type Missing } from '../rules/completion.js';
import { dueState, type DueState } from '../rules/deadlines.js';
import { courseRuleOf, nextStep, type NextStep, type RunStanding } from '../study/index.js';
import { MyLearningRepository, type MyRun } from './my-learning.repository.js';

export interface CourseStanding {
  version: CourseVersion;
  run: MyRun | null;
  missing: Missing[];
  /** Parts done over parts asked for: lessons, quiz, practical task. */
  done: number;
  parts: number;
  next: NextStep | { what: 'begin'; href: string };
  completedOn: CivilDate | null;
  certificateNumber: string | null;
}

export interface ClassStanding {
  cohortId: number;
  title: string;
  programme: ProgrammeVersion;
  opens: CivilDate;
  due: CivilDate;
  dueState: DueState;
  required: CourseStanding[];
  electives: CourseStanding[];
  complete: boolean;
}

export interface Learning {
  classes: ClassStanding[];
  /** Courses opened of one's own choice, outside any class. */
  own: CourseStanding[];
  /** The one thing to do now: in the class that is due first. */
  now: { course: CourseStanding; due: CivilDate | null; dueState: DueState } | null;
}

const NOTHING: RunStanding = {
  finished: [], opened: [], attempts: 0, quizOpen: false, quizPassed: false, bestScore: null, assignment: 'none', completedOn: null,
};

/** What one person was given to learn, what is next, what is due, and what is missing: all derived, nothing kept. */
@Injectable()
export class MyLearning {
  constructor(
    private readonly database: Database,
    private readonly repository: MyLearningRepository,
    private readonly courses: Courses,
    private readonly programmes: Programmes,
  ) {}

  async run(personId: number, now: Date): Promise<Learning> {
    return this.database.inSnapshot(async (tx) => {
      const runs = new Map((await this.repository.runs(tx, personId)).map((run) => [run.courseId, run]));
      const assigned = new Set<number>();
      const classes: ClassStanding[] = [];
      // Versions are immutable and kept in memory, so these loops ask the database only the first time.
      for (const given of await this.repository.classes(tx, personId)) {
        const programme = await this.programmes.version(tx, given.programmeVersionId);
        const of = async (requirement: 'required' | 'elective') => {
          const list: CourseStanding[] = [];
          for (const course of programme.courses) {
            if (course.requirement !== requirement || course.courseId === null) continue;
            assigned.add(course.courseId);
            const standing = await this.standing(tx, course.courseId, runs.get(course.courseId) ?? null);
            if (standing) list.push(standing);
          }
          return list;
        };
        const required = await of('required');
        const complete = required.length > 0 && required.every((course) => course.completedOn !== null);
        classes.push({
          cohortId: given.cohortId, title: given.title, programme, opens: given.opens, due: given.due,
          // Who has done everything and waits for an assessor is not late: the wait is not theirs.
          dueState: complete || required.every(isDone) ? { state: 'none' } : dueState(given.due, now), required, electives: await of('elective'), complete,
        });
      }
      const own: CourseStanding[] = [];
      for (const run of runs.values()) {
        if (assigned.has(run.courseId)) continue;
        const standing = await this.standing(tx, run.courseId, run);
        if (standing) own.push(standing);
      }
      return { classes, own, now: firstThing(classes, own) };
    });
  }

  private async standing(tx: Tx, courseId: number, run: MyRun | null): Promise<CourseStanding | null> {
    const version = run ? await this.courses.version(tx, run.courseVersionId) : await this.courses.latest(tx, courseId);
    if (!version) return null;
    const rule = courseRuleOf(version);
    const standing = run ?? NOTHING;
    const finished = new Set(version.lessons.filter((lesson) => standing.finished.includes(lesson.id)).map((lesson) => lesson.code));
    const missing = standing.completedOn ? [] : missingForCourse(rule, {
      lessonsFinished: finished, quizPassed: standing.quizPassed, assignment: standing.assignment,
    });
    const parts = rule.lessons.length + (rule.quiz ? 1 : 0) + (rule.assignment ? 1 : 0);
    const done = finished.size + (rule.quiz && standing.quizPassed ? 1 : 0)
      + (rule.assignment && standing.assignment === 'passed' ? 1 : 0);
    return {
      version, run, missing, done: standing.completedOn ? parts : done, parts,
      next: run ? nextStep(version, standing) : { what: 'begin', href: `/courses/${version.slug}` },
      completedOn: standing.completedOn, certificateNumber: run?.certificateNumber ?? null,
    };
  }
}

/** Nothing is left for the learner to do: complete, or waiting for an assessor. */
function isDone(course: CourseStanding): boolean {
  return course.completedOn !== null || course.missing.every((part) => part.what === 'assignment' && part.because === 'waiting');
}

/** Waiting for an assessor is nothing to do; a course already opened comes before one not begun. */
function firstThing(classes: ClassStanding[], own: CourseStanding[]): Learning['now'] {
  const canGoOn = (course: CourseStanding) => course.completedOn === null && course.next.what !== 'overview';
  const open = classes.filter((given) => !given.complete).sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  for (const given of open) {
    const course = given.required.find((candidate) => candidate.run && canGoOn(candidate)) ?? given.required.find(canGoOn);
    if (course) return { course, due: given.due, dueState: given.dueState };
  }
  const mine = own.filter(canGoOn).sort((a, b) => (b.run?.lastSeenAt.getTime() ?? 0) - (a.run?.lastSeenAt.getTime() ?? 0))[0];
  return mine ? { course: mine, due: null, dueState: { state: 'none' } } : null;
}
