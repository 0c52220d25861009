import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import { conflict, notFound } from '../platform/errors.js';
import { mayHandIn } from '../rules/handing-in.js';
import { OpenCourseRun, StudyRepository } from '../study/index.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { ReadAssignment } from './read-assignment.js';

/** Keeps what is being written. The last save wins: two tabs of one person write one draft. */
@Injectable()
export class SaveDraft {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly read: ReadAssignment,
    private readonly openRun: OpenCourseRun,
    private readonly study: StudyRepository,
    private readonly assignments: AssignmentsRepository,
  ) {}

  /** @throws Refusal `assignment-waiting`, `assignment-passed`, `assignment-none-left` when nothing can be handed in */
  async run(personId: number, courseSlug: string, text: string, now: Date): Promise<{ savedAt: Date }> {
    return this.database.inTransaction(async (tx) => {
      const run = await this.openRun.run(tx, personId, await this.read.courseId(tx, courseSlug), now);
      const version = await this.courses.version(tx, run.courseVersionId);
      if (!version.assignment) throw notFound('assignment-not-found');

      // Locked, so that a save on its way cannot put back a draft that has just been handed in.
      await this.study.lockRun(tx, run.id);
      const submissions = await this.assignments.submissions(tx, run.id);
      const hand = mayHandIn(submissions.map(({ number, marking }) => ({ number, passed: marking?.passed ?? null })));
      if (!hand.may) throw conflict(`assignment-${hand.because}`);

      await this.assignments.saveDraft(tx, run.id, text, now);
      return { savedAt: now };
    });
  }
}
