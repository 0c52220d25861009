import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { notFound } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { slug } from '../study/index.js';
import { attemptJson, resultJson } from './attempt.json.js';
import { GrantQuizAttempt } from './grant-quiz-attempt.js';
import {
  allowanceAnswer,
  allowanceForm,
  answerForm,
  attemptAnswer,
  numberIn,
  receiptAnswer,
  resultAnswer,
} from './quizzes.forms.js';
import { ReadQuizAttempt } from './read-quiz-attempt.js';
import { SaveQuizAnswer } from './save-quiz-answer.js';
import { StartQuizAttempt } from './start-quiz-attempt.js';
import { SubmitQuizAttempt } from './submit-quiz-attempt.js';

@ApiTags('quizzes')
@Controller('api/v1')
@Allow('signed-in')
export class QuizzesApiController {
  constructor(
    private readonly clock: Clock,
    private readonly starting: StartQuizAttempt,
    private readonly reading: ReadQuizAttempt,
    private readonly saving: SaveQuizAnswer,
    private readonly submitting: SubmitQuizAttempt,
    private readonly granting: GrantQuizAttempt,
  ) {}

  @Api({
    summary: 'Starts an attempt, or gives the one that is open (200); opens the course where it is not begun yet',
    params: { id: 'Name of the course: b2-loa-thong-minh' }, answer: attemptAnswer, status: 201,
  })
  @HttpCode(201)
  @Post('quizzes/:id/attempts')
  async start(
    @Param('id') course: string,
    @Me() me: Principal,
    @Lang() lang: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const now = this.clock.now();
    if (!slug().safeParse(course).success) throw notFound('quiz-not-found');
    const { attemptId, isNew } = await this.starting.run(me.personId, course, now);
    void reply.code(isNew ? 201 : 200).header('location', `/api/v1/attempts/${attemptId}`);
    return attemptJson(lang, await this.reading.run(me.personId, attemptId, now), now);
  }

  @Api({
    summary: 'An attempt with its questions and the answers kept so far',
    params: { id: 'Number of the attempt' },
    answer: attemptAnswer,
  })
  @Get('attempts/:id')
  async attempt(@Param('id') id: string, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return attemptJson(lang, await this.reading.run(me.personId, attemptNumber(id), now), now);
  }

  @Api({
    summary: 'Keeps an answer and gives a receipt; the same answer again gives the same receipt',
    params: { id: 'Number of the attempt', questionId: 'As in the attempt' }, body: answerForm, answer: receiptAnswer,
  })
  @Put('attempts/:id/answers/:questionId')
  async save(@Param('id') id: string, @Param('questionId') key: string, @Body() given: unknown, @Me() me: Principal) {
    const receipt = await this.saving.run(me.personId, attemptNumber(id), key, given, this.clock.now());
    return { sequence: receipt.sequence, savedAt: receipt.savedAt.toISOString() };
  }

  @Api({
    summary: 'Hands the attempt in; again gives the same result',
    params: { id: 'Number of the attempt' },
    answer: resultAnswer,
  })
  @HttpCode(200)
  @Post('attempts/:id/submit')
  async submit(@Param('id') id: string, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const attemptId = attemptNumber(id);
    await this.submitting.run(me.personId, attemptId, now);
    return resultJson(lang, await this.reading.run(me.personId, attemptId, now));
  }

  @Api({
    summary: 'Grants one more attempt after the last one failed', params: { id: 'Number of the course run' },
    body: allowanceForm, answer: allowanceAnswer, status: 201,
  })
  @Allow('attempts.grant')
  @HttpCode(201)
  @Post('course-runs/:id/allowances')
  async grant(
    @Param('id') id: string,
    @Body() body: unknown,
    @Me() me: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const runId = numberIn(id);
    if (runId === null) throw notFound('run-not-found');
    const { reason } = readForm(allowanceForm, body);
    const { allowance, isNew } = await this.granting.run(me, runId, reason, this.clock.now());
    void reply.code(isNew ? 201 : 200);
    return { courseRunId: runId, afterAttempt: allowance.afterAttempt, grantedAt: allowance.grantedAt.toISOString() };
  }
}

function attemptNumber(text: string): number {
  const number = numberIn(text);
  if (number === null) throw notFound('attempt-not-found');
  return number;
}
