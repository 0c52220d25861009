import { Injectable } from '@nestjs/common';
import { Courses, type Assignment, type CourseVersion } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { mayHandIn, type MayHandIn } from '../rules/handing-in.js';
import { slug, StudyRepository } from '../study/index.js';
import { AssignmentsRepository, type Draft } from './assignments.repository.js';
import type { Submission, SubmittedFile } from './submission.js';

/** Where a person stands with the practical task of a course. */
export interface AssignmentStanding {
  /** The version that the person studies; the latest while the course was not begun. */
  version: CourseVersion;
  assignment: Assignment;
  draft: Draft | null;
  submissions: Submission[];
  hand: MayHandIn;
}

@Injectable()
export class ReadAssignment {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly study: StudyRepository,
    private readonly assignments: AssignmentsRepository,
  ) {}

  /** @throws Refusal `course-not-found`, `assignment-not-found` */
  async run(personId: number, courseSlug: string): Promise<AssignmentStanding> {
    return this.database.inSnapshot((tx) => this.standing(tx, personId, courseSlug));
  }

  async standing(tx: Tx, personId: number, courseSlug: string): Promise<AssignmentStanding> {
    const courseId = await this.courseId(tx, courseSlug);
    const run = await this.study.findRun(tx, personId, courseId);
    const version = run ? await this.courses.version(tx, run.courseVersionId) : await this.courses.latest(tx, courseId);
    if (!version?.assignment) throw notFound('assignment-not-found');
    const submissions = run ? await this.assignments.submissions(tx, run.id) : [];
    const draft = run ? await this.assignments.draft(tx, run.id) : null;
    const hand = mayHandIn(submissions.map(({ number, marking }) => ({ number, passed: marking?.passed ?? null })));
    return { version, assignment: version.assignment, draft, submissions, hand };
  }

  /** A file of one's own. @throws Refusal `submission-not-found` */
  async ownFile(personId: number, courseSlug: string, number: number): Promise<SubmittedFile> {
    const { submissions } = await this.run(personId, courseSlug);
    const file = submissions.find((submission) => submission.number === number)?.file;
    if (!file) throw notFound('submission-not-found');
    return file;
  }

  async courseId(tx: Tx, courseSlug: string): Promise<number> {
    const version = slug().safeParse(courseSlug).success ? await this.courses.bySlug(tx, courseSlug) : null;
    if (!version) throw notFound('course-not-found');
    return version.courseId;
  }
}
