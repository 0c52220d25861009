import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { id, readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { showDate } from '../rules/civil-date.js';
import { holds, scopeRoots } from '../rules/scope.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { AddPerson } from './add-person.js';
import { AgencyChoices } from './agency-choices.js';
import { EditPerson } from './edit-person.js';
import { personFacts } from './person.page.js';
import { PersonPages } from './person-pages.js';
import { describeSomeone } from './roster-import.page.js';
import { RosterImports } from './roster-imports.js';
import { identityForm, personForm } from './roster.forms.js';
import { groupOptions } from './roster.page.js';
import { agencyInScope, answersForPerson, heldElsewhere, personInScope } from './scope.js';

/** One person: enter, look at, put right. */
@Controller('roster/people')
export class PeopleController {
  constructor(
    private readonly add: AddPerson,
    private readonly edit: EditPerson,
    private readonly people: PersonPages,
    private readonly imports: RosterImports,
    private readonly choices: AgencyChoices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Allow('roster.import')
  @Get('new')
  form(@Me() me: Principal, @Lang() lang: Language) {
    return this.newPage(lang, me, emptyForm());
  }

  @Allow('roster.import')
  @Post()
  async create(@Body() body: Record<string, unknown>, @Me() me: Principal, @Lang() lang: Language) {
    return formAgain(lang, body, async () => {
      const { person: decision, ...fields } = readForm(personForm, body);
      const added = await this.add.run(fields, scopeRoots(me.grants, 'roster.import'), decision);
      if ('candidates' in added) return this.newPage(lang, me, emptyForm(fields), added.candidates);
      return redirectTo(`/roster/people/${added.personId}`, { key: 'roster.person.added' });
    }, (form) => this.newPage(lang, me, form));
  }

  @Allow('roster.read')
  @Get(':id')
  async one(@Param('id') personId: string, @Me() me: Principal, @Lang() lang: Language) {
    return this.show(readForm(id(), personId), me, lang, null);
  }

  @Allow('roster.import')
  @Post(':id')
  async change(@Param('id') personId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const number = readForm(id(), personId);
    return formAgain(
      lang,
      body,
      async () => {
        const given = readForm(identityForm, body);
        await this.edit.run(
          number,
          {
            fullName: given.full_name,
            birthDate: given.birth_date,
            email: given.email,
            phone: given.phone,
            nationalId: given.national_id,
          },
          scopeRoots(me.grants, 'roster.import'),
        );
        return redirectTo(`/roster/people/${number}`, { key: 'roster.person.saved' });
      },
      (form) => this.show(number, me, lang, form),
    );
  }

  private async newPage(lang: Language, me: Principal, form: FormState, candidates: number[] = []): Promise<Page> {
    const tx = this.database.reader;
    const someones = await this.imports.describe(tx, candidates);
    const deciding = candidates.length > 0;
    const chosen = typeof form.values.agency_code === 'string' ? form.values.agency_code : undefined;
    return page(
      'roster/person-new',
      {
        title: text(lang, deciding ? 'roster.person.who-title' : 'roster.person.new-title'),
        at: 'roster',
        form,
        deciding,
        agencies: await this.choices.of(tx, scopeRoots(me.grants, 'roster.import'), this.clock.today(), lang, chosen),
        groups: groupOptions(lang),
        candidates: [
          ...[...someones.values()].map((person) => ({
            value: String(person.id),
            label: person.fullName,
            hint: describeSomeone(person, lang),
          })),
          { value: 'new', label: text(lang, 'roster.import.somebody-new'), hint: '' },
        ],
        kept: Object.entries(form.values).map(([name, value]) => ({ name, value })),
        crumbs: [
          { href: '/roster', label: text(lang, 'roster.title') },
          { href: '', label: text(lang, 'roster.person.new-title') },
        ],
      },
      deciding ? 422 : 200,
    );
  }

  private async show(personId: number, me: Principal, lang: Language, form: FormState | null): Promise<Page> {
    const tx = this.database.reader;
    const today = this.clock.today();
    const roots = scopeRoots(me.grants, 'roster.read');
    await personInScope(tx, personId, roots, today);
    const mineToKnow = await answersForPerson(tx, personId, roots, today);
    const { person, posts } = await this.people.of(tx, personId, lang);
    const mine = await Promise.all(
      posts.map((post) =>
        agencyInScope(tx, post.agencyId, roots, today).then(
          () => true,
          () => false,
        ),
      ),
    );
    const writes = scopeRoots(me.grants, 'roster.import');
    const mayWrite = holds(me.grants, 'roster.import');
    return page('roster/person', {
      title: person.fullName, at: 'roster', person, mayWrite,
      // Who moved on is the new agency's to know; here stays the record of the post.
      facts: mineToKnow ? personFacts(person, lang) : null,
      // A post elsewhere is another coordinator's business: that there is one is said, where is not.
      posts: posts.filter((_post, index) => mine[index]), elsewhere: mine.filter((inside) => !inside).length,
      mayEdit: mayWrite && !(await heldElsewhere(tx, personId, writes, today)),
      form:
        form ??
        emptyForm({
          full_name: person.fullName,
          birth_date: person.birthDate ? showDate(person.birthDate) : '',
          email: person.email ?? '',
          phone: person.phone ?? '',
        }),
      opened: form !== null,
      crumbs: [{ href: '/roster', label: text(lang, 'roster.title') }, { href: '', label: person.fullName }],
    });
  }
}
