import type { INestApplicationContext } from '@nestjs/common';
import { IssueCertificate } from './certificates/index.js';
import { RecountPerson } from './coverage/index.js';
import { TellPeople } from './notifications/index.js';
import { Facts } from './platform/facts.js';
import { RecordCourseProgress, RecordProgrammeProgress } from './progress/index.js';

/**
 * The one table of what follows from what. When a fact happens, these run, in this order, in the same transaction:
 * all of it is true, or none.
 */
export function wireReactions(app: INestApplicationContext): void {
  const facts = app.get(Facts);
  const courseProgress = app.get(RecordCourseProgress);
  const programmeProgress = app.get(RecordProgrammeProgress);
  const certificate = app.get(IssueCertificate);
  const coverage = app.get(RecountPerson);
  const tell = app.get(TellPeople);

  facts.on('lesson-finished',
    (tx, fact) => courseProgress.run(tx, fact.courseRunId, fact.at));

  facts.on('quiz-attempt-graded',
    async (tx, fact) => { if (fact.passed) await courseProgress.run(tx, fact.courseRunId, fact.at); });

  facts.on('assignment-marked',
    (tx, fact) => tell.marked(tx, fact.courseRunId, fact.submissionId, fact.passed, fact.at),
    async (tx, fact) => { if (fact.passed) await courseProgress.run(tx, fact.courseRunId, fact.at); });

  facts.on('people-enrolled',
    (tx, fact) => tell.ofClass(tx, fact.cohortId, fact.at),
    (tx, fact) => programmeProgress.forMany(tx, fact.personIds, fact.at));

  facts.on('course-completed',
    (tx, fact) => certificate.run(tx, { kind: 'course', completionId: fact.completionId, at: fact.at }),
    (tx, fact) => programmeProgress.run(tx, fact.personId, fact.at),
    (tx, fact) => coverage.run(tx, fact));

  facts.on('programme-completed',
    (tx, fact) => certificate.run(tx, { kind: 'programme', completionId: fact.completionId, at: fact.at }));

  facts.on('certificate-issued',
    (tx, fact) => tell.person(tx, fact.personId, 'certificate', { number: fact.number }, `certificate:${fact.certificateId}`, fact.at));

  facts.on('credentials-changed',
    (tx, fact) => coverage.run(tx, fact));
}
