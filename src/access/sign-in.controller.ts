import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang, Me, Visitor, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Config, type Language } from '../platform/config.js';
import { Refusal } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { emptyForm, formAgain, localPath, page, redirectTo, type FormState } from '../web/index.js';
import { signInForm } from './access.forms.js';
import { giveCookies, takeCookies } from './cookies.js';
import { deviceOf } from './device.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Allow('anyone')
  @BeforeReady()
  @Get('sign-in')
  form(@Visitor() visitor: Principal | null, @Query('to') to: string | undefined, @Lang() lang: Language) {
    if (visitor) return redirectTo(localPath(to));
    return signInPage(lang, emptyForm({ to: localPath(to) }));
  }

  @Allow('anyone')
  @BeforeReady()
  @Post('sign-in')
  async enter(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Lang() lang: Language, @Body() body: unknown) {
    const now = this.clock.now();
    return formAgain(lang, body, async () => {
      const { username, password, to } = readForm(signInForm, body);
      const opened = await this.signIn.run({
        username, password, secondFactorLater: true, address: request.ip, device: deviceOf(request.headers['user-agent']),
        now, replaces: request.principal,
      }).catch((error: unknown) => { throw shownInForm(error); });
      giveCookies(reply, this.config, opened.tokens);
      return redirectTo(localPath(to));
    }, (form) => signInPage(lang, { ...form, values: { ...form.values, to: localPath(asText(form.values.to)) } }));
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post('sign-out')
  async leave(@Me() me: Principal, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.signOut.here(me, this.clock.now());
    takeCookies(request, reply, this.config);
    return redirectTo('/sign-in', { key: 'access.sign-out.done' });
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post('sign-out-everywhere')
  async leaveEverywhere(@Me() me: Principal, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const sessions = await this.signOut.everywhere(me, this.clock.now());
    takeCookies(request, reply, this.config);
    return redirectTo('/sign-in', { key: 'access.sign-out.everywhere-done', params: { sessions } });
  }
}

function signInPage(lang: Language, form: FormState) {
  return page('access/sign-in', { title: text(lang, 'access.sign-in.title'), form });
}

/** A refused sign-in is an answer to a form, shown in it with what was typed; to programs it is 401. */
export function shownInForm(error: unknown): unknown {
  return error instanceof Refusal && error.status === 401 ? new Refusal(422, error.code, error.params, error.problems) : error;
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
