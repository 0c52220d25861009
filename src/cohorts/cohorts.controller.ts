import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { Programmes } from '../programmes/index.js';
import { scopeRoots } from '../rules/scope.js';
import { emptyForm, formAgain, type FormState } from '../web/form-again.js';
import { page, redirectTo } from '../web/index.js';
import { ChangeCohort } from './change-cohort.js';
import { changeCohortForm, idIn, newCohortForm } from './cohorts.forms.js';
import { agencyOptions, cohortCrumbs, programmeOptions } from './cohorts.page.js';
import { CreateCohort } from './create-cohort.js';
import { ReadCohorts } from './read-cohorts.js';

/** Opening a class and changing what it is called and when it is due. The list and the board are in progress. */
@Controller('cohorts')
export class CohortsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
    private readonly cohorts: ReadCohorts,
    private readonly create: CreateCohort,
    private readonly change: ChangeCohort,
  ) {}

  @Allow('cohorts.manage')
  @Get('new')
  async blank(@Me() me: Principal, @Lang() lang: Language) {
    return this.newPage(me, lang, emptyForm({ opens: this.clock.today(), request_key: randomUUID() }));
  }

  @Allow('cohorts.manage')
  @Post()
  async open(@Body() typed: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return formAgain(lang, typed, async () => {
      const { request_key: requestKey, ...wish } = readForm(newCohortForm, typed);
      const made = await this.database.inTransaction((tx) => this.create.run(tx, me, { ...wish, requestKey }, now));
      return redirectTo(`/cohorts/${made.id}/assign`, { key: 'cohorts.new.done', params: { title: wish.title } });
    }, (form) => this.newPage(me, lang, form));
  }

  @Allow('cohorts.manage')
  @Get(':id/edit')
  async edit(@Param('id') id: string, @Me() me: Principal, @Lang() lang: Language) {
    const { title, opens, due } = await this.cohorts.find(me, idIn(id), 'cohorts.manage');
    return this.editPage(me, lang, idIn(id), emptyForm({ title, opens, due }));
  }

  @Allow('cohorts.manage')
  @Post(':id/edit')
  async save(@Param('id') id: string, @Body() typed: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return formAgain(lang, typed, async () => {
      const wish = readForm(changeCohortForm, typed);
      await this.database.inTransaction((tx) => this.change.run(tx, me, idIn(id), wish, now));
      return redirectTo(`/cohorts/${idIn(id)}`, { key: 'cohorts.edit.done' });
    }, (form) => this.editPage(me, lang, idIn(id), form));
  }

  private async newPage(me: Principal, lang: Language, form: FormState) {
    const programmes = await this.programmes.assignable(this.database.reader);
    const agencies = await this.cohorts.agencyChoices(scopeRoots(me.grants, 'cohorts.manage'));
    // Her own agency comes first in the list and is what a class is for unless she says otherwise.
    const values = { agency: agencies[0]?.code, ...form.values };
    const title = text(lang, 'cohorts.new.title');
    return page('cohorts/new', {
      title, at: 'cohorts', form: { ...form, values },
      programmes: programmeOptions(programmes, lang), agencies: agencyOptions(agencies, lang),
      crumbs: [{ href: '/cohorts', label: text(lang, 'cohorts.list.title') }, { href: '', label: title }],
    });
  }

  private async editPage(me: Principal, lang: Language, id: number, form: FormState) {
    const cohort = await this.cohorts.find(me, id, 'cohorts.manage');
    const title = text(lang, 'cohorts.edit.title');
    return page('cohorts/edit', { title, at: 'cohorts', cohort, form, crumbs: cohortCrumbs(cohort, lang, title) });
  }
}
