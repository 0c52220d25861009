import { Injectable } from '@nestjs/common';
import { Courses, type CourseVersion, type Lesson } from '../courses/index.js';
import type { Tx } from '../platform/database/sql.js';
import { conflict, notFound } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import { OpenCourseRun } from './open-course-run.js';
import { StudyRepository, type CourseRun } from './study.repository.js';

export type VisitKind = 'opened' | 'finished';

export interface RecordedVisit {
  run: CourseRun;
  version: CourseVersion;
  lesson: Lesson;
  /** Whether it is the first visit of its kind; a second one changes nothing. */
  isNew: boolean;
  at: Date;
}

/**
 * Keeps that a person opened a lesson, or says that it is finished. Opens the course's run where there is none. A
 * lesson is always of the version that the run is pinned to: a newer version changes nothing for who has begun.
 */
@Injectable()
export class RecordLessonVisit {
  constructor(
    private readonly courses: Courses,
    private readonly openRun: OpenCourseRun,
    private readonly study: StudyRepository,
    private readonly facts: Facts,
  ) {}

  /** @throws Refusal `lesson-not-found` when the person's version has no such lesson */
  async bySlug(
    tx: Tx,
    personId: number,
    courseId: number,
    slug: string,
    kind: VisitKind,
    now: Date,
  ): Promise<RecordedVisit> {
    const run = await this.openRun.run(tx, personId, courseId, now);
    const version = await this.courses.version(tx, run.courseVersionId);
    const lesson = version.lessons.find((candidate) => candidate.slug === slug);
    if (!lesson) throw notFound('lesson-not-found');
    return this.record(tx, run, version, lesson, kind, now);
  }

  /** @throws Refusal `lesson-not-found`; `lesson-of-another-version` when the person studies another version */
  async byId(tx: Tx, personId: number, lessonId: number, kind: VisitKind, now: Date): Promise<RecordedVisit> {
    const place = await this.study.findLesson(tx, lessonId);
    if (!place) throw notFound('lesson-not-found');
    const run = await this.openRun.run(tx, personId, place.courseId, now);
    const version = await this.courses.version(tx, run.courseVersionId);
    const lesson = version.lessons.find((candidate) => candidate.id === lessonId);
    if (!lesson) {
      const own = version.lessons.find((candidate) => candidate.code === place.code);
      throw conflict('lesson-of-another-version', { lesson: own?.id ?? null, version: version.number });
    }
    return this.record(tx, run, version, lesson, kind, now);
  }

  private async record(
    tx: Tx, run: CourseRun, version: CourseVersion, lesson: Lesson, kind: VisitKind, now: Date,
  ): Promise<RecordedVisit> {
    if (kind === 'finished') await this.study.lockRun(tx, run.id);
    const opened = await this.study.insertVisit(tx, run.id, lesson.id, 'opened', now);
    const isNew = kind === 'opened' ? opened : await this.study.insertVisit(tx, run.id, lesson.id, 'finished', now);
    if (kind === 'finished' && isNew) {
      await this.facts.publish(tx, 'lesson-finished', { courseRunId: run.id, lessonId: lesson.id, at: now });
    }
    const at = isNew ? now : await this.study.visitedAt(tx, run.id, lesson.id, kind);
    return { run, version, lesson, isNew, at };
  }
}
