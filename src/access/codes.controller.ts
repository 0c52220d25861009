import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Config, type Language } from '../platform/config.js';
import { readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { PASSWORD_MIN } from '../rules/passwords.js';
import { emptyForm, formAgain, page, redirectTo, type FormState } from '../web/index.js';
import { forgottenForm, useCodeForm } from './access.forms.js';
import { giveCookies } from './cookies.js';
import { deviceOf } from './device.js';
import { RequestPasswordReset } from './request-password-reset.js';
import { UseCode } from './use-code.js';

type Way = 'activate' | 'reset-password';

/** The ways in for those without a password: the code from the coordinator, the code from the mail. */
@Controller()
export class CodesController {
  constructor(
    private readonly useCode: UseCode,
    private readonly requestReset: RequestPasswordReset,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Allow('anyone')
  @BeforeReady()
  @Get('activate')
  activateForm(@Lang() lang: Language, @Query('username') username: string | undefined) {
    return codePage(lang, 'activate', emptyForm({ username: shortText(username) }));
  }

  @Allow('anyone')
  @BeforeReady()
  @Post('activate')
  activate(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Lang() lang: Language, @Body() body: unknown) {
    return this.enterByCode('activate', request, reply, lang, body);
  }

  @Allow('anyone')
  @BeforeReady()
  @Get('reset-password')
  resetForm(@Lang() lang: Language, @Query('username') username: string | undefined) {
    return codePage(lang, 'reset-password', emptyForm({ username: shortText(username) }));
  }

  @Allow('anyone')
  @BeforeReady()
  @Post('reset-password')
  reset(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Lang() lang: Language, @Body() body: unknown) {
    return this.enterByCode('reset-password', request, reply, lang, body);
  }

  @Allow('anyone')
  @BeforeReady()
  @Get('forgotten-password')
  forgottenForm(@Lang() lang: Language, @Query('sent') sent: string | undefined) {
    return forgottenPage(lang, emptyForm(), sent !== undefined);
  }

  @Allow('anyone')
  @BeforeReady()
  @Post('forgotten-password')
  async forgotten(@Req() request: FastifyRequest, @Lang() lang: Language, @Body() body: unknown) {
    return formAgain(lang, body, async () => {
      const { username } = readForm(forgottenForm, body);
      await this.requestReset.run(username, request.ip);
      return redirectTo('/forgotten-password?sent');
    }, (form) => forgottenPage(lang, form, false));
  }

  private enterByCode(way: Way, request: FastifyRequest, reply: FastifyReply, lang: Language, body: unknown) {
    return formAgain(lang, body, async () => {
      const given = readForm(useCodeForm, body);
      const opened = await this.useCode.run({
        ...given, address: request.ip, device: deviceOf(request.headers['user-agent']),
      }, this.clock.now());
      giveCookies(reply, this.config, opened.tokens);
      return redirectTo('/', { key: 'access.code.done' });
    }, (form) => codePage(lang, way, form));
  }
}

function codePage(lang: Language, way: Way, form: FormState) {
  return page('access/code', { title: text(lang, `access.${way}.title`), form, way, shortest: PASSWORD_MIN, activate: way === 'activate' });
}

function forgottenPage(lang: Language, form: FormState, sent: boolean) {
  return page('access/forgotten-password', { title: text(lang, 'access.forgotten.title'), form, sent });
}

const shortText = (value: unknown) => (typeof value === 'string' ? value.slice(0, 100) : '');
