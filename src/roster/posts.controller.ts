import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { id, readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { scopeRoots } from '../rules/scope.js';
import { pieceOn } from '../rules/timeline.js';
import { emptyForm, formAgain, page, redirectTo, type FormState, type Page } from '../web/index.js';
import { AgencyChoices } from './agency-choices.js';
import { ChangePost } from './change-post.js';
import { EndPost } from './end-post.js';
import { PeopleRepository } from './people.repository.js';
import { PersonPages } from './person-pages.js';
import { PostBook } from './post-book.js';
import { changeForm, endForm, leaveForm, transferForm } from './roster.forms.js';
import { groupOptions } from './roster.page.js';
import { agencyInScope } from './scope.js';
import { SetLeave } from './set-leave.js';
import { TransferPost } from './transfer-post.js';

type Form = 'change' | 'leave' | 'transfer' | 'end';

/** One post: change it, note leave, move the person to another agency, end it. */
@Controller('roster/posts/:id')
@Allow('roster.import')
export class PostsController {
  constructor(
    private readonly changePost: ChangePost,
    private readonly setLeave: SetLeave,
    private readonly transferPost: TransferPost,
    private readonly endPost: EndPost,
    private readonly posts: PostBook,
    private readonly people: PeopleRepository,
    private readonly pages: PersonPages,
    private readonly choices: AgencyChoices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  one(@Param('id') postId: string, @Me() me: Principal, @Lang() lang: Language) {
    return this.show(readForm(id(), postId), me, lang);
  }

  @Post('change')
  change(@Param('id') postId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.write('change', postId, body, me, lang, (post, roots) =>
      this.changePost.run(post, readForm(changeForm, body), roots),
    );
  }

  @Post('leave')
  leave(@Param('id') postId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.write('leave', postId, body, me, lang, (post, roots) =>
      this.setLeave.run(post, readForm(leaveForm, body), roots),
    );
  }

  @Post('transfer')
  transfer(@Param('id') postId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.write('transfer', postId, body, me, lang, (post, roots) =>
      this.transferPost.run(post, readForm(transferForm, body), roots),
    );
  }

  @Post('end')
  end(@Param('id') postId: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    return this.write('end', postId, body, me, lang, (post, roots) =>
      this.endPost.run(post, readForm(endForm, body).lastDay, roots),
    );
  }

  private async write(
    form: Form,
    postId: string,
    body: unknown,
    me: Principal,
    lang: Language,
    work: (postId: number, roots: number[]) => Promise<unknown>,
  ) {
    const number = readForm(id(), postId);
    return formAgain(lang, body, async () => {
      const personId = await this.personOf(number);
      await work(number, scopeRoots(me.grants, 'roster.import'));
      return redirectTo(`/roster/people/${personId}`, { key: `roster.post.done.${form}` });
    }, (state) => this.show(number, me, lang, form, state));
  }

  private async personOf(postId: number): Promise<number> {
    const [post] = await this.posts.byIds(this.database.reader, [postId]);
    if (!post) throw notFound();
    return post.personId;
  }

  private async show(postId: number, me: Principal, lang: Language, form?: Form, state?: FormState): Promise<Page> {
    const tx = this.database.reader;
    const today = this.clock.today();
    const roots = scopeRoots(me.grants, 'roster.import');
    const [post] = await this.posts.byIds(tx, [postId]);
    if (!post) throw notFound();
    await agencyInScope(tx, post.agencyId, roots, today);
    const person = await this.people.find(tx, post.personId);
    const [shown] = await this.pages.show(tx, [post], lang);
    if (!person || !shown) throw notFound();
    const piece = pieceOn(post.pieces, today) ?? post.pieces.at(-1);
    const usual = {
      positionTitle: piece?.facts.positionTitle ?? '',
      group: piece?.facts.targetGroup ?? '',
      staffCode: piece?.facts.staffCode ?? '',
      from: today,
      lastDay: '',
    };
    const forms = Object.fromEntries(
      (['change', 'leave', 'transfer', 'end'] as const).map((name) => [
        name,
        name === form && state
          ? { ...state, values: { ...usual, ...state.values } }
          : emptyForm({ ...usual, ...(name === 'end' ? { lastDay: today } : {}) }),
      ]),
    );
    return page('roster/post', {
      title: text(lang, 'roster.post.title', { name: person.fullName, title: shown.title }),
      at: 'roster',
      post: shown,
      person,
      forms,
      opened: form ?? '',
      // The same names stand in four forms: the summary leads to the field of the one that was sent.
      summary: (state?.problems ?? []).map((problem) => ({
        ...problem,
        field: problem.field && `${form}-${problem.field === 'staff_code' ? 'staffCode' : problem.field}`,
      })),
      groups: groupOptions(lang),
      agencies: (await this.choices.of(tx, roots, today, lang)).filter((agency) => agency.value !== shown.agencyCode),
      crumbs: [
        { href: '/roster', label: text(lang, 'roster.title') },
        { href: `/roster/people/${person.id}`, label: person.fullName },
        { href: '', label: shown.title },
      ],
    });
  }
}
