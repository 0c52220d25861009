import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { slug } from '../study/index.js';
import { emptyForm, formAgain } from '../web/form-again.js';
import { page, redirectTo } from '../web/page.js';
import { allowancePage } from './allowance.page.js';
import { GrantQuizAttempt } from './grant-quiz-attempt.js';
import { allowanceForm, numberIn } from './quizzes.forms.js';

/** One more attempt for somebody of one's own part of the tree. */
@Controller('people/:personId/courses/:slug/allowance')
@Allow('attempts.grant')
export class AllowancesController {
  constructor(private readonly clock: Clock, private readonly granting: GrantQuizAttempt) {}

  @Get()
  async form(
    @Param('personId') personId: string,
    @Param('slug') course: string,
    @Me() me: Principal,
    @Lang() lang: Language,
  ) {
    const found = await this.granting.find(me, whose(personId, course), this.clock.now());
    return page('quizzes/allowance', allowancePage(lang, found, emptyForm(), me.personId));
  }

  @Post()
  async grant(
    @Param('personId') personId: string,
    @Param('slug') course: string,
    @Body() body: unknown,
    @Me() me: Principal,
    @Lang() lang: Language,
  ) {
    const now = this.clock.now();
    const found = await this.granting.find(me, whose(personId, course), now);
    return formAgain(lang, body, async () => {
      const { reason } = readForm(allowanceForm, body);
      await this.granting.run(me, found.learner.runId, reason, now);
      return redirectTo(`/people/${found.learner.personId}/courses/${found.version.slug}/allowance`,
        { key: 'quizzes.allowance.granted', params: { name: found.learner.name } });
    }, (form) => page('quizzes/allowance', allowancePage(lang, found, form, me.personId)));
  }
}

function whose(personId: string, course: string): { personId: number; courseSlug: string } {
  const number = numberIn(personId);
  if (number === null || !slug().safeParse(course).success) throw notFound('run-not-found');
  return { personId: number, courseSlug: course };
}
