import { Injectable } from '@nestjs/common';
import { Courses, type CourseVersion, type Quiz } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { acceptsAnswer, mayStartAttempt, type MayStart } from '../rules/deadlines.js';
import { StudyRepository } from '../study/index.js';
import { QuizAttemptsRepository, type AttemptState } from './quiz-attempts.repository.js';
import { ReadQuizAttempt } from './read-quiz-attempt.js';

/** A course's quiz as it stands for one person. */
export interface QuizStanding {
  version: CourseVersion;
  quiz: Quiz;
  attempts: AttemptState[];
  next: MayStart;
  /** Lessons of the person's version that are not finished yet. */
  lessonsLeft: number;
}

@Injectable()
export class ReadQuiz {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly study: StudyRepository,
    private readonly attempts: QuizAttemptsRepository,
    private readonly reading: ReadQuizAttempt,
  ) {}

  /** @throws Refusal `quiz-not-found` */
  async run(personId: number, courseSlug: string, now: Date): Promise<QuizStanding> {
    const standing = await this.read(personId, courseSlug, now);
    const over = standing.attempts.find(
      (attempt) => attempt.closedAt === null && !acceptsAnswer(attempt.deadlineAt, now),
    );
    if (!over) return standing;
    await this.reading.run(personId, over.id, now);
    return this.read(personId, courseSlug, now);
  }

  private async read(personId: number, courseSlug: string, now: Date): Promise<QuizStanding> {
    return this.database.inSnapshot(async (tx) => {
      const latest = await this.courses.bySlug(tx, courseSlug);
      if (!latest) throw notFound('quiz-not-found');
      const run = await this.study.findRun(tx, personId, latest.courseId);
      const version = run ? await this.courses.version(tx, run.courseVersionId) : latest;
      if (!version.quiz) throw notFound('quiz-not-found');
      const attempts = run ? await this.attempts.ofRun(tx, run.id) : [];
      const allowances = run ? await this.attempts.allowances(tx, run.id) : 0;
      const finished = run ? (await this.study.standing(tx, run.id)).finished : [];
      return {
        version, quiz: version.quiz, attempts, next: mayStartAttempt(version.quiz, attempts, allowances, now),
        lessonsLeft: version.lessons.filter((lesson) => !finished.includes(lesson.id)).length,
      };
    });
  }
}
