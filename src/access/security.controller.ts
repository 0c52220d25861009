import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Config, type Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { PASSWORD_MIN } from '../rules/passwords.js';
import { emptyForm, formAgain, LANGUAGE_COOKIE, localPath, page, redirectTo, type FormState } from '../web/index.js';
import { changePasswordForm, confirmForm, languageForm, secondFactorForm } from './access.forms.js';
import { AccountsRepository } from './accounts.repository.js';
import { ChangePassword } from './change-password.js';
import { takeCookies } from './cookies.js';
import { EnrolSecondFactor } from './enrol-second-factor.js';
import { Principals } from './principals.js';
import { RemoveSecondFactor } from './remove-second-factor.js';
import { SessionsRepository } from './sessions.repository.js';
import { ShowSecondFactor } from './show-second-factor.js';
import { SignOut } from './sign-out.js';

const UUID = /^[0-9a-f-]{36}$/;

/** One's own sign-in: password, second factor, where one is signed in, language. */
@Controller()
export class SecurityController {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly principals: Principals,
    private readonly changePassword: ChangePassword,
    private readonly enrol: EnrolSecondFactor,
    private readonly show: ShowSecondFactor,
    private readonly remove: RemoveSecondFactor,
    private readonly signOut: SignOut,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Allow('signed-in')
  @Get('security')
  overview(@Me() me: Principal, @Lang() lang: Language) {
    return this.securityPage(me, lang, emptyForm());
  }

  @Allow('signed-in')
  @Post('security/password')
  change(@Me() me: Principal, @Lang() lang: Language, @Req() request: FastifyRequest, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const given = readForm(changePasswordForm, body);
      await this.changePassword.run(me, { ...given, address: request.ip }, this.clock.now());
      return redirectTo('/security', { key: 'access.security.password-changed' });
    }, (form) => this.securityPage(me, lang, form));
  }

  @Allow('signed-in')
  @Post('security/language')
  async language(@Me() me: Principal, @Res({ passthrough: true }) reply: FastifyReply, @Body() body: unknown) {
    const { language } = readForm(languageForm, body);
    await this.accounts.setLanguage(this.database.reader, me.accountId, language);
    reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 31_536_000 });
    return redirectTo('/security', { key: 'access.security.language-changed' });
  }

  @Allow('signed-in')
  @Post('security/sessions/:id/end')
  async endSession(@Me() me: Principal, @Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!UUID.test(id)) throw notFound();
    await this.signOut.there(me, id, this.clock.now());
    if (id !== me.sessionId) return redirectTo('/security', { key: 'access.security.session-ended' });
    takeCookies(request, reply, this.config);
    return redirectTo('/sign-in', { key: 'access.sign-out.done' });
  }

  /** The second step of signing in; whoever must have a second factor and has none is led to add it. */
  @Allow('signed-in')
  @BeforeReady()
  @Get('second-factor')
  async ask(@Me() me: Principal, @Lang() lang: Language, @Query('to') to: string | undefined) {
    const way = localPath(to);
    if (!me.needsSecondFactor) return redirectTo(way);
    const account = await this.accounts.find(this.database.reader, me.accountId);
    if (!account?.totpConfirmedAt) return redirectTo(`/security/second-factor?to=${encodeURIComponent(way)}`);
    return secondFactorPage(lang, emptyForm({ to: way }));
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post('second-factor')
  answer(@Me() me: Principal, @Lang() lang: Language, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const { code, to } = readForm(secondFactorForm, body);
      await this.show.run(me, code, this.clock.now());
      return redirectTo(localPath(to));
    }, (form) => secondFactorPage(lang, form));
  }

  @Allow('signed-in')
  @BeforeReady()
  @Get('security/second-factor')
  enrolment(@Me() me: Principal, @Lang() lang: Language, @Query('to') to: string | undefined) {
    return this.enrolPage(me, lang, emptyForm({ to: localPath(to, '/security') }));
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post('security/second-factor/begin')
  async begin(@Me() me: Principal, @Body() body: { to?: string } | undefined) {
    await this.enrol.begin(me);
    return redirectTo(`/security/second-factor?to=${encodeURIComponent(localPath(body?.to, '/security'))}`);
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post('security/second-factor')
  confirm(@Me() me: Principal, @Lang() lang: Language, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const { code, to } = readForm(secondFactorForm, body);
      await this.enrol.confirm(me, code, this.clock.now());
      return redirectTo(localPath(to, '/security'), { key: 'access.security.second-factor-on' });
    }, (form) => this.enrolPage(me, lang, form));
  }

  @Allow('signed-in')
  @Post('security/second-factor/remove')
  removeIt(@Me() me: Principal, @Lang() lang: Language, @Req() request: FastifyRequest, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const { current } = readForm(confirmForm, body);
      await this.remove.run(me, { current, address: request.ip }, this.clock.now());
      return redirectTo('/security', { key: 'access.security.second-factor-off' });
    }, (form) => this.securityPage(me, lang, { ...form, errors: { remove: form.errors.current ?? '' },
      problems: form.problems.map((problem) => ({ ...problem, field: problem.field && 'remove' })) }));
  }

  private async securityPage(me: Principal, lang: Language, form: FormState) {
    const tx = this.database.reader;
    const account = await this.accounts.find(tx, me.accountId);
    const sessions = await this.sessions.live(tx, me.accountId, this.clock.now());
    return page('access/security', {
      title: text(lang, 'access.security.title'), at: 'profile', form, shortest: PASSWORD_MIN,
      crumbs: [{ href: '/profile', label: text(lang, 'web.nav.profile') }, { href: '', label: text(lang, 'access.security.title') }],
      username: me.username,
      secondFactor: account?.totpConfirmedAt ?? null,
      secondFactorNeeded: await this.principals.needsSecondFactor(me.grants),
      language: account?.language,
      sessions: sessions.map((session) => ({
        ...session, device: session.device || text(lang, 'access.security.device-unknown'), here: session.id === me.sessionId,
      })).sort((a, b) => Number(b.here) - Number(a.here)),
      others: sessions.length > 1,
    });
  }

  private async enrolPage(me: Principal, lang: Language, form: FormState) {
    const invitation = await this.enrol.invitation(me);
    return page('access/enrol-second-factor', {
      title: text(lang, 'access.enrol.title'), at: 'profile', form, invitation,
      needed: await this.principals.needsSecondFactor(me.grants),
    });
  }
}

function secondFactorPage(lang: Language, form: FormState) {
  return page('access/second-factor', { title: text(lang, 'access.second-factor.title'), form });
}
