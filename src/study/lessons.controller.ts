import { Controller, Get, Param, Post } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { page, redirectTo } from '../web/page.js';
import { lessonPage } from './lesson.page.js';
import { nextStep } from './next-step.js';
import { OpenCourseRun } from './open-course-run.js';
import { RecordLessonVisit } from './record-lesson-visit.js';
import { slug } from './study.forms.js';
import { studyPage } from './study.page.js';
import { StudyRepository } from './study.repository.js';

/** Studying: opening a course, its lessons, and where one stands. Open to whoever is signed in. */
@Controller('courses/:slug')
@Allow('signed-in')
export class LessonsController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly openRun: OpenCourseRun,
    private readonly visits: RecordLessonVisit,
    private readonly study: StudyRepository,
  ) {}

  /** Begins the course, or goes on with it: to the first unfinished lesson, or to what comes after the last. */
  @Post('open')
  async open(@Param('slug') courseSlug: string, @Me() me: Principal) {
    const now = this.clock.now();
    const courseId = await this.courseId(courseSlug);
    return this.database.inTransaction(async (tx) => {
      const run = await this.openRun.run(tx, me.personId, courseId, now);
      const version = await this.courses.version(tx, run.courseVersionId);
      return redirectTo(nextStep(version, await this.study.standing(tx, run.id)).href);
    });
  }

  @Get('study')
  async overview(@Param('slug') courseSlug: string, @Me() me: Principal, @Lang() lang: Language) {
    const courseId = await this.courseId(courseSlug);
    return this.database.inSnapshot(async (tx) => {
      const run = await this.study.findRun(tx, me.personId, courseId);
      // Nothing of one's own to show yet: the course's own page says what it is and begins it.
      if (!run) return redirectTo(`/courses/${courseSlug}`);
      const version = await this.courses.version(tx, run.courseVersionId);
      return page('study/study', studyPage(lang, version, run, await this.study.standing(tx, run.id)));
    });
  }

  /** Shows a lesson and keeps that it was opened. */
  @Get('lessons/:lessonSlug')
  async lesson(
    @Param('slug') courseSlug: string,
    @Param('lessonSlug') lessonSlug: string,
    @Me() me: Principal,
    @Lang() lang: Language,
  ) {
    const now = this.clock.now();
    const courseId = await this.courseId(courseSlug);
    return this.database.inTransaction(async (tx) => {
      const { run, version, lesson, at } = await this.visits.bySlug(
        tx,
        me.personId,
        courseId,
        known(lessonSlug),
        'opened',
        now,
      );
      return page('study/lesson', lessonPage(lang, version, lesson, await this.study.standing(tx, run.id), at));
    });
  }

  @Post('lessons/:lessonSlug/finish')
  async finish(@Param('slug') courseSlug: string, @Param('lessonSlug') lessonSlug: string, @Me() me: Principal) {
    const now = this.clock.now();
    const courseId = await this.courseId(courseSlug);
    return this.database.inTransaction(async (tx) => {
      const { run, version, lesson } = await this.visits.bySlug(
        tx,
        me.personId,
        courseId,
        known(lessonSlug),
        'finished',
        now,
      );
      const next = nextStep(version, await this.study.standing(tx, run.id), lesson.id);
      return redirectTo(next.href, next.what === 'lesson' ? undefined : { key: `study.finished-then-${next.what}` });
    });
  }

  private async courseId(courseSlug: string): Promise<number> {
    const version = await this.courses.bySlug(this.database.reader, known(courseSlug));
    if (!version) throw notFound('course-not-found');
    return version.courseId;
  }
}

/** A name that can be one; else there is nothing to look for. */
function known(name: string): string {
  if (!slug().safeParse(name).success) throw notFound();
  return name;
}
