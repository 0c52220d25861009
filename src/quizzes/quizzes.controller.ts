import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { notFound, Refusal } from '../platform/errors.js';
import { askedOf, givenOf, isAnswered, readAnswer } from '../rules/asking.js';
import { slug } from '../study/index.js';
import { formAgain } from '../web/form-again.js';
import { page, redirectTo, type Redirect } from '../web/page.js';
import { answerFromForm } from './answer-from-form.js';
import { attemptPage, reviewPage } from './attempt.page.js';
import { quizPage } from './quiz.page.js';
import { numberIn } from './quizzes.forms.js';
import { ReadQuiz } from './read-quiz.js';
import { ReadQuizAttempt, type AttemptInFull } from './read-quiz-attempt.js';
import { resultPage } from './result.page.js';
import { SaveQuizAnswer } from './save-quiz-answer.js';
import { StartQuizAttempt } from './start-quiz-attempt.js';
import { SubmitQuizAttempt } from './submit-quiz-attempt.js';

/** The quiz as pages. Each question is a form: everything here works without a script. */
@Controller()
@Allow('signed-in')
export class QuizzesController {
  constructor(
    private readonly clock: Clock,
    private readonly quizzes: ReadQuiz,
    private readonly starting: StartQuizAttempt,
    private readonly reading: ReadQuizAttempt,
    private readonly saving: SaveQuizAnswer,
    private readonly submitting: SubmitQuizAttempt,
  ) {}

  @Get('courses/:slug/quiz')
  async quiz(@Param('slug') course: string, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return page('quizzes/quiz', quizPage(lang, await this.quizzes.run(me.personId, courseName(course), now), now));
  }

  @Post('courses/:slug/quiz/attempts')
  async start(@Param('slug') course: string, @Me() me: Principal) {
    try {
      const { attemptId } = await this.starting.run(me.personId, courseName(course), this.clock.now());
      return redirectTo(`/attempts/${attemptId}`);
    } catch (error) {
      // The quiz's own page says why no attempt may start, and until when.
      if (error instanceof Refusal && error.status === 422) return redirectTo(`/courses/${course}/quiz`);
      throw error;
    }
  }

  /** The open attempt at one question, or the result of a closed one. */
  @Get('attempts/:id')
  async attempt(
    @Param('id') id: string,
    @Query('question') question: string | undefined,
    @Me() me: Principal,
    @Lang() lang: Language,
  ) {
    const now = this.clock.now();
    const attempt = await this.reading.run(me.personId, attemptNumber(id), now);
    if (attempt.state.closedAt !== null) return page('quizzes/result', resultPage(lang, attempt));
    return page('quizzes/question', attemptPage(lang, attempt, placeIn(attempt, question), now));
  }

  @Get('attempts/:id/review')
  async review(@Param('id') id: string, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const attempt = await this.reading.run(me.personId, attemptNumber(id), now);
    if (attempt.state.closedAt !== null) return redirectTo(`/attempts/${attempt.head.id}`);
    return page('quizzes/review', reviewPage(lang, attempt, now));
  }

  /** Saves what the form of one question says, and goes where its button points. */
  @Post('attempts/:id/answers/:key')
  async answer(
    @Param('id') id: string, @Param('key') key: string, @Body() body: Record<string, unknown> | undefined,
    @Me() me: Principal, @Lang() lang: Language,
  ) {
    const now = this.clock.now();
    const attempt = await this.reading.run(me.personId, attemptNumber(id), now);
    if (attempt.state.closedAt !== null) return over(attempt);
    const posed = attempt.questions.find(({ question }) => question.key === key);
    if (!posed) throw notFound('question-not-found');
    const fields = body ?? {};
    const saved = attempt.answers.get(key)?.answer;
    const asked = askedOf(posed.question, posed.shown);
    const standing = saved?.type === 'ordering' && isAnswered(saved)
      ? (givenOf(saved, posed.shown) as { order: string[] }).order : undefined;
    const given = answerFromForm(asked, fields, standing);
    return formAgain(lang, fields, async () => {
      const read = readAnswer(posed.question, posed.shown, given);
      // Nothing chosen and nothing kept: there is nothing to keep, and no receipt to give.
      const wanted = saved !== undefined || 'misfit' in read || isAnswered(read.answer);
      if (wanted && !await this.keep(me, attempt, key, given, now)) return over(attempt);
      return redirectTo(whereTo(attempt, posed.number, fields));
    }, (form) => page('quizzes/question', attemptPage(lang, attempt, posed.number, now, form)));
  }

  /** @returns false when the attempt was closed in the meantime */
  private async keep(me: Principal, attempt: AttemptInFull, key: string, given: unknown, now: Date): Promise<boolean> {
    try {
      await this.saving.run(me.personId, attempt.head.id, key, given, now);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'attempt-over') return false;
      throw error;
    }
  }

  @Post('attempts/:id/submit')
  async submit(@Param('id') id: string, @Me() me: Principal) {
    const attemptId = attemptNumber(id);
    await this.submitting.run(me.personId, attemptId, this.clock.now());
    return redirectTo(`/attempts/${attemptId}`);
  }
}

function over(attempt: AttemptInFull): Redirect {
  return redirectTo(`/attempts/${attempt.head.id}`, { key: 'quizzes.over', kind: 'info' });
}

/** `next`, `previous`, `review`, or the number of a question; a button that moves an item stays. */
function whereTo(attempt: AttemptInFull, number: number, fields: Record<string, unknown>): string {
  const base = `/attempts/${attempt.head.id}`;
  const count = attempt.questions.length;
  if (typeof fields.move === 'string') return `${base}?question=${number}`;
  const go = typeof fields.go === 'string' ? fields.go : 'next';
  if (go === 'review' || (go === 'next' && number === count)) return `${base}/review`;
  const asked = go === 'next' ? number + 1 : go === 'previous' ? number - 1 : Number(go);
  const target = Number.isInteger(asked) && asked >= 1 && asked <= count ? asked : number;
  return `${base}?question=${target}`;
}

/** The question that is asked for; else the first that is not answered yet. */
function placeIn(attempt: AttemptInFull, question: string | undefined): number {
  const number = numberIn(question ?? '');
  if (number !== null && number <= attempt.questions.length) return number;
  const open = attempt.questions.find((posed) => !isAnswered(attempt.answers.get(posed.question.key)?.answer));
  return open?.number ?? 1;
}

function courseName(course: string): string {
  if (!slug().safeParse(course).success) throw notFound('quiz-not-found');
  return course;
}

function attemptNumber(text: string): number {
  const number = numberIn(text);
  if (number === null) throw notFound('attempt-not-found');
  return number;
}
