import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { readForm } from '../platform/http/forms.js';
import { localText, text } from '../platform/texts.js';
import { emptyForm, formAgain, type FormState } from '../web/form-again.js';
import { page, redirectTo } from '../web/index.js';
import { AssignPeople, type Members } from './assign-people.js';
import { candidatesQuery, idIn, ruleQuery, ruleShape, ticked } from './cohorts.forms.js';
import { address, agencyOptions, assignTabs, cohortCrumbs, groupOptions, ruleInWords } from './cohorts.page.js';
import { ReadCohorts } from './read-cohorts.js';

/** Giving a class to people: by ticking them in the roster, or by a rule that is shown before it is carried out. */
@Controller('cohorts/:id/assign')
export class AssigningController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cohorts: ReadCohorts,
    private readonly assign: AssignPeople,
  ) {}

  @Allow('cohorts.manage')
  @Get()
  async list(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.listPage(me, lang, idIn(id), query, emptyForm());
  }

  @Allow('cohorts.manage')
  @Post()
  async tickedPeople(
    @Param('id') id: string, @Body() typed: unknown, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language,
  ) {
    return formAgain(lang, typed, () => this.carryOut(me, idIn(id), { people: readForm(ticked, typed).people }),
      (form) => this.listPage(me, lang, idIn(id), query, form));
  }

  @Allow('cohorts.manage')
  @Get('rule')
  async rule(@Param('id') id: string, @Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(lang, query, () => this.rulePage(me, lang, idIn(id), query, emptyForm()),
      (form) => this.rulePage(me, lang, idIn(id), {}, form));
  }

  @Allow('cohorts.manage')
  @Post('rule')
  async byRule(@Param('id') id: string, @Body() typed: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(lang, typed, () => this.carryOut(me, idIn(id), { rule: readForm(ruleShape, typed) }),
      (form) => this.rulePage(me, lang, idIn(id), {}, form));
  }

  private async carryOut(me: Principal, id: number, members: Members) {
    const now = this.clock.now();
    const added = await this.database.inTransaction((tx) => this.assign.run(tx, me, id, members, now));
    return redirectTo(`/cohorts/${id}`, { key: 'cohorts.assign.done', params: { count: added.length } });
  }

  private async listPage(me: Principal, lang: Language, id: number, query: unknown, form: FormState) {
    const cohort = await this.cohorts.find(me, id, 'cohorts.manage');
    const wish = readForm(candidatesQuery, query);
    const found = await this.cohorts.candidatesOf(cohort, wish);
    const ticked = new Set([form.values.people ?? []].flat().map(Number));
    const { cursor: _cursor, ...asked } = wish;
    return page('cohorts/assign', {
      title: text(lang, 'cohorts.assign.title', { title: cohort.title }), at: 'cohorts', wide: true, scripts: ['tick-all.js'],
      crumbs: cohortCrumbs(cohort, lang, text(lang, 'cohorts.assign.short')), tabs: assignTabs(id, lang, 'people'),
      cohort, form, wish, people: found.people,
      narrowed: Object.values(asked).some((value) => value !== undefined && value !== false),
      agencies: agencyOptions(await this.cohorts.agencyChoices([cohort.agencyId]), lang), groups: groupOptions(lang),
      candidates: found.items.map((candidate) => ({
        ...candidate, agency: localText(lang, candidate.agency), group: text(lang, `cohorts.group.${candidate.targetGroup}`),
        ticked: ticked.has(candidate.personId),
      })),
      anyToTick: found.items.some((candidate) => !candidate.enrolled),
      action: address(`/cohorts/${id}/assign`, { ...wish }),
      first: wish.cursor ? address(`/cohorts/${id}/assign`, asked) : null,
      next: found.next ? address(`/cohorts/${id}/assign`, { ...asked, cursor: found.next }) : null,
    });
  }

  private async rulePage(me: Principal, lang: Language, id: number, query: unknown, form: FormState) {
    const cohort = await this.cohorts.find(me, id, 'cohorts.manage');
    const { preview: previewed, ...rule } = readForm(ruleQuery, query);
    const preview = previewed ? await this.cohorts.preview(cohort, rule) : null;
    const choices = await this.cohorts.agencyChoices([cohort.agencyId]);
    const agency = choices.find((choice) => choice.code === rule.agency)?.name ?? cohort.agency.name;
    const target = await this.cohorts.askedTarget();
    const fresh = preview ? preview.people - preview.enrolled : 0;
    return page('cohorts/assign-rule', {
      title: text(lang, preview ? 'cohorts.rule.preview-title' : 'cohorts.rule.title', { count: fresh }), at: 'cohorts',
      crumbs: cohortCrumbs(cohort, lang, text(lang, 'cohorts.assign.short')), tabs: assignTabs(id, lang, 'rule'),
      cohort, form: previewed ? emptyForm({ ...rule }) : form, rule, fresh,
      preview: preview && {
        ...preview, words: ruleInWords(rule, agency, lang), more: preview.people - preview.first.length,
        first: preview.first.map((candidate) => ({ ...candidate, agency: localText(lang, candidate.agency) })),
      },
      targetTitle: target ? localText(lang, target) : '',
      agencies: agencyOptions(choices, lang), groups: groupOptions(lang),
    });
  }
}
