import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Me, Visitor, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { logoutBody, refreshBody, signInBody } from './access.forms.js';
import { DescribeMe, meSchema } from './describe-me.js';
import { deviceOf } from './device.js';
import { RefreshSession } from './refresh-session.js';
import { TokenUnread } from './sign-in.guard.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import { Tokens } from './tokens.js';

const pairSchema = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.number() });

@ApiTags('Sign-in')
@Controller('api/v1')
export class AuthApiController {
  constructor(
    private readonly signIn: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly tokens: Tokens,
    private readonly describeMe: DescribeMe,
    private readonly clock: Clock,
  ) {}

  @Api({ summary: 'Sign in; `code` where the account has a second factor', body: signInBody, answer: pairSchema, open: true })
  @Allow('anyone')
  @TokenUnread()
  @HttpCode(200)
  @Post('auth/login')
  async login(@Req() request: FastifyRequest, @Body() body: unknown) {
    const now = this.clock.now();
    const { username, password, code } = readForm(signInBody, body);
    const opened = await this.signIn.run({
      username, password, code, secondFactorLater: false, address: request.ip, device: deviceOf(request.headers['user-agent']), now,
    });
    return opened.tokens;
  }

  @Api({ summary: 'Exchange a refresh token for the next pair; within 30 seconds the same token gives the same pair',
    body: refreshBody, answer: pairSchema, open: true })
  @Allow('anyone')
  @TokenUnread()
  @HttpCode(200)
  @Post('auth/refresh')
  async refresh(@Body() body: unknown) {
    const { refreshToken } = readForm(refreshBody, body);
    const opened = await this.refreshSession.run(refreshToken, this.clock.now());
    if (!opened) throw new Refusal(401, 'token-invalid');
    return opened.tokens;
  }

  @Api({ summary: 'End the session of the access token, or of a refresh token', body: logoutBody, status: 204 })
  @Allow('anyone')
  @BeforeReady()
  @HttpCode(204)
  @Post('auth/logout')
  async logout(@Visitor() visitor: Principal | null, @Body() body: unknown) {
    const { refreshToken } = readForm(logoutBody, body);
    const now = this.clock.now();
    if (refreshToken) {
      const read = this.tokens.readRefreshToken(refreshToken);
      if (read) await this.signOut.bySessionId(read.sessionId, now);
    } else if (visitor) await this.signOut.here(visitor, now);
    else throw new Refusal(401, 'sign-in-needed');
  }

  @Api({ summary: 'Who is signed in: person, posts, roles, and what still has to be done first', answer: meSchema })
  @Allow('signed-in')
  @BeforeReady()
  @Get('me')
  me(@Me() me: Principal) {
    return this.describeMe.run(me, this.clock.today());
  }
}
