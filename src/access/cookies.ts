import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_SECONDS, IDLE_SECONDS } from '../rules/sessions.js';
import type { Config } from '../platform/config.js';
import type { TokenPair } from './tokens.js';

export const ACCESS_COOKIE = 'lt_access';
export const REFRESH_COOKIE = 'lt_refresh';

const shape = (config: Config) => ({
  path: '/', httpOnly: true, sameSite: 'lax' as const, secure: config.publicUrl.startsWith('https:'),
});

/** Gives the browser its tokens. No script can read them, and other sites' forms do not bring them along. */
export function giveCookies(reply: FastifyReply, config: Config, tokens: TokenPair): void {
  reply.setCookie(ACCESS_COOKIE, tokens.accessToken, { ...shape(config), maxAge: ACCESS_SECONDS });
  reply.setCookie(REFRESH_COOKIE, tokens.refreshToken, { ...shape(config), maxAge: IDLE_SECONDS });
}

export function takeCookies(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  for (const name of [ACCESS_COOKIE, REFRESH_COOKIE]) {
    if (request.cookies[name] !== undefined) reply.clearCookie(name, shape(config));
  }
}
