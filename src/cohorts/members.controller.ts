import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { emptyForm, formAgain, type FormState } from '../web/form-again.js';
import { page, redirectTo } from '../web/index.js';
import { extensionForm, idIn, ticked } from './cohorts.forms.js';
import { cohortCrumbs } from './cohorts.page.js';
import { ExtendDueDate } from './extend-due-date.js';
import { ReadCohorts } from './read-cohorts.js';
import { WithdrawPeople } from './withdraw-people.js';

/** What a coordinator does with people who are in a class: more time, taking them out, undoing an assignment. */
@Controller('cohorts/:id')
export class MembersController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cohorts: ReadCohorts,
    private readonly extendDueDate: ExtendDueDate,
    private readonly withdrawPeople: WithdrawPeople,
  ) {}

  @Allow('cohorts.manage')
  @Get('extend')
  async askExtension(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.extendPage(me, lang, idIn(id), readForm(ticked, query).people, emptyForm());
  }

  @Allow('cohorts.manage')
  @Post('extend')
  async extend(@Param('id') id: string, @Body() typed: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return formAgain(lang, typed, async () => {
      const wish = readForm(extensionForm, typed);
      const given = await this.database.inTransaction((tx) => this.extendDueDate.run(tx, me, idIn(id), wish, now));
      return redirectTo(`/cohorts/${idIn(id)}`, { key: 'cohorts.extend.done', params: { count: given.length } });
    }, (form) => this.extendPage(me, lang, idIn(id), readForm(ticked, typed).people, form));
  }

  @Allow('cohorts.manage')
  @Get('withdraw')
  async askWithdrawal(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const cohort = await this.cohorts.find(me, idIn(id), 'cohorts.manage');
    const members = await this.cohorts.members(cohort.id, readForm(ticked, query).people);
    return page('cohorts/withdraw', {
      title: text(lang, 'cohorts.withdraw.title', { count: members.length }), at: 'cohorts', cohort, members,
      crumbs: cohortCrumbs(cohort, lang, text(lang, 'cohorts.withdraw.short')),
    });
  }

  @Allow('cohorts.manage')
  @Post('withdraw')
  async withdraw(@Param('id') id: string, @Body() typed: unknown, @Me() me: Principal) {
    const { people } = readForm(ticked, typed);
    const now = this.clock.now();
    const gone = await this.database.inTransaction((tx) => this.withdrawPeople.run(tx, me, idIn(id), people, now));
    return redirectTo(`/cohorts/${idIn(id)}`, { key: 'cohorts.withdraw.done', params: { count: gone.length } });
  }

  /** The moment of an assignment names it: all who were assigned in one go carry it. */
  @Allow('cohorts.manage')
  @Get('assignments/:at/undo')
  async askUndo(@Param('id') id: string, @Param('at') at: string, @Me() me: Principal, @Lang() lang: Language) {
    const cohort = await this.cohorts.find(me, idIn(id), 'cohorts.manage');
    const count = await this.cohorts.assignedAt(cohort.id, new Date(idIn(at)));
    if (count === 0) throw notFound();
    return page('cohorts/undo', {
      title: text(lang, 'cohorts.undo.title', { count }), at: 'cohorts', cohort, count,
      assignment: at, assignedAt: new Date(idIn(at)),
      crumbs: cohortCrumbs(cohort, lang, text(lang, 'cohorts.undo.short')),
    });
  }

  @Allow('cohorts.manage')
  @Post('assignments/:at/undo')
  async undo(@Param('id') id: string, @Param('at') at: string, @Me() me: Principal) {
    const now = this.clock.now();
    const gone = await this.database.inTransaction((tx) =>
      this.withdrawPeople.undo(tx, me, idIn(id), new Date(idIn(at)), now));
    return redirectTo(`/cohorts/${idIn(id)}`, { key: 'cohorts.undo.done', params: { count: gone.length } });
  }

  private async extendPage(me: Principal, lang: Language, id: number, people: number[], form: FormState) {
    const cohort = await this.cohorts.find(me, id, 'cohorts.manage');
    const members = await this.cohorts.members(id, people);
    return page('cohorts/extend', {
      title: text(lang, 'cohorts.extend.title', { count: members.length }), at: 'cohorts', cohort, members, form,
      earliest: this.clock.today(), crumbs: cohortCrumbs(cohort, lang, text(lang, 'cohorts.extend.short')),
    });
  }
}
