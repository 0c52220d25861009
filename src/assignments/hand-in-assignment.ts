import { Injectable } from '@nestjs/common';
import { Courses, type Assignment } from '../courses/index.js';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { badFields, conflict, notFound, Refusal, refused, type Problem } from '../platform/errors.js';
import { Files } from '../platform/files/files.js';
import { MEGABYTE, type Upload } from '../platform/http/uploads.js';
import { checkHandIn, mayHandIn } from '../rules/handing-in.js';
import { countWords } from '../rules/wording.js';
import { OpenCourseRun, StudyRepository } from '../study/index.js';
import type { HandInForm } from './assignments.forms.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { FILE_KINDS, nameWithEnding, type FileKind } from './file-kinds.js';
import { inspectFile } from './inspect-file.js';
import { ReadAssignment } from './read-assignment.js';
import type { Submission } from './submission.js';

/** Whoever hands in. */
export type Learner = Pick<Principal, 'accountId' | 'personId'>;

export interface HandedIn {
  submission: Submission;
  /** false: the very same work had been handed in before; nothing was added. */
  isNew: boolean;
}

/**
 * Hands in practical work: a text, a file or both. The same work sent twice (a double click, a broken line) is one
 * submission and gets the same answer. Once more is possible after "Chưa đạt", with something changed.
 */
@Injectable()
export class HandInAssignment {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly read: ReadAssignment,
    private readonly openRun: OpenCourseRun,
    private readonly study: StudyRepository,
    private readonly assignments: AssignmentsRepository,
    private readonly files: Files,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws Refusal on the fields (words, file); `assignment-waiting`, `assignment-passed`, `assignment-none-left`;
   * `assignment-handed-in-already` for another number; `assignment-unchanged` for the work that did not pass
   */
  async run(
    me: Learner, courseSlug: string, form: HandInForm, upload: Upload | null, now: Date,
  ): Promise<HandedIn> {
    return this.database.inTransaction(async (tx) => {
      const run = await this.openRun.run(tx, me.personId, await this.read.courseId(tx, courseSlug), now);
      const { assignment } = await this.courses.version(tx, run.courseVersionId);
      if (!assignment) throw notFound('assignment-not-found');
      const kind = await check(assignment, form.text, upload);

      await this.study.lockRun(tx, run.id);
      const before = await this.assignments.submissions(tx, run.id);
      const same = before.find((submission) => submission.text === form.text
        && (submission.file?.sha256 ?? null) === (upload?.sha256 ?? null));
      if (same && (form.number ?? 0) <= same.number) return { submission: same, isNew: false };

      const hand = mayHandIn(before.map(({ number, marking }) => ({ number, passed: marking?.passed ?? null })));
      if (!hand.may) throw conflict(`assignment-${hand.because}`);
      if (form.number !== undefined && form.number !== hand.number) throw conflict('assignment-handed-in-already');
      if (same) throw refused('assignment-unchanged');

      const fileId = upload && kind ? await this.store(tx, me, upload, kind) : null;
      const id = await this.assignments.addSubmission(tx, {
        courseRunId: run.id, number: hand.number, text: form.text, fileId, now,
      });
      await this.assignments.dropDraft(tx, run.id);
      await this.audit.record(tx, {
        action: 'assignment.handed-in', subjectKind: 'assignment-submission', subjectId: id,
        details: { courseRunId: run.id, number: hand.number, fileId },
      });
      const submission = (await this.assignments.submissions(tx, run.id)).find((candidate) => candidate.id === id);
      if (!submission) throw new Error(`Submission ${id} was added and is not there`);
      return { submission, isNew: true };
    });
  }

  private async store(tx: Tx, me: Learner, upload: Upload, kind: FileKind): Promise<number> {
    const stored = await this.files.store(tx, upload.path, nameWithEnding(upload.name, kind), FILE_KINDS[kind], me.accountId);
    return stored.id;
  }
}

/** Everything that is wrong at once, so that nobody chooses a file three times. */
async function check(assignment: Assignment, text: string, upload: Upload | null): Promise<FileKind | null> {
  const problems: Problem[] = checkHandIn(assignment, countWords(text), upload !== null);
  let kind: FileKind | null = null;
  if (upload && upload.size > assignment.file.maxMb * MEGABYTE) {
    problems.push({ field: 'file', code: 'file-too-large', params: { megabytes: assignment.file.maxMb } });
  } else if (upload) {
    try {
      kind = await inspectFile(upload, assignment.file.types);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw badFields(problems);
  return kind;
}
