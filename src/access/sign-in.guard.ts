import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Refusal } from '../platform/errors.js';
import { requestContext } from '../platform/request-context.js';
import { LANGUAGE_COOKIE } from '../web/index.js';
import { ACCESS_COOKIE, giveCookies, REFRESH_COOKIE, takeCookies } from './cookies.js';
import { Principals } from './principals.js';
import { RefreshSession } from './refresh-session.js';
import type { TokenClaims } from './tokens.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the token of the request says, its signature checked; null without a token or with a bad one. */
    claims?: TokenClaims | null;
  }
}

const TOKEN_UNREAD = 'lan-toa:token-unread';
/** Signing in and refreshing: an old token that is sent along does not matter. */
export const TokenUnread = () => SetMetadata(TOKEN_UNREAD, true);

/**
 * The first guard: finds out whom a request comes from, afresh at every request. A page whose short token has run out is
 * given a new one on the way, so that nobody loses a form; a program with a bad token is told so.
 */
@Injectable()
export class SignInGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: Principals,
    private readonly refresh: RefreshSession,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super({ property: 'claims', session: false });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    request.principal = null;
    if (this.reflector.getAllAndOverride<boolean>(TOKEN_UNREAD, [context.getHandler(), context.getClass()])) return true;

    await super.canActivate(context);
    const byHeader = request.headers.authorization !== undefined;
    let principal = await this.principalOf(request.claims ?? null);
    if (!principal && !byHeader) principal = await this.renewed(request, reply);
    if (!principal && byHeader) {
      void reply.header('www-authenticate', 'Bearer error="invalid_token"');
      throw new Refusal(401, 'token-invalid');
    }
    request.principal = principal;
    if (principal) known(principal, request);
    return true;
  }

  /** A bad token is no fault: it is the same as none, and canActivate above decides what that means. */
  override handleRequest<T>(error: unknown, claims: T): T {
    if (error) throw error as Error;
    return claims || (null as T);
  }

  private async principalOf(claims: TokenClaims | null): Promise<Principal | null> {
    const now = this.clock.now();
    if (!claims || claims.exp * 1000 <= now.getTime()) return null;
    return this.principals.find(claims.sid, Number(claims.sub), now);
  }

  /** Continues the session of the page by its refresh cookie, within this very request. */
  private async renewed(request: FastifyRequest, reply: FastifyReply): Promise<Principal | null> {
    const presented = request.cookies[REFRESH_COOKIE];
    const now = this.clock.now();
    const session = presented ? await this.refresh.run(presented, now) : null;
    if (!session) {
      takeCookies(request, reply, this.config);
      return null;
    }
    giveCookies(reply, this.config, session.tokens);
    // Csrf, which runs next, must see that this request is authenticated by cookie.
    request.cookies[ACCESS_COOKIE] = session.tokens.accessToken;
    return this.principals.find(session.sessionId, session.accountId, now);
  }
}

function known(principal: Principal, request: FastifyRequest): void {
  const context = requestContext();
  if (context) context.accountId = principal.accountId;
  const chosen = request.cookies[LANGUAGE_COOKIE];
  if (chosen !== 'vi' && chosen !== 'en' && !request.url.startsWith('/api/')) request.lang = principal.language;
}
