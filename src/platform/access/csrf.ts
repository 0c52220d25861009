import { createHmac, randomBytes } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Tokens } from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config.js';
import { Refusal } from '../errors.js';

const COOKIE = 'lt_csrf';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Requests that change something and are authenticated by cookie must carry a token that only our pages know. The
 * secret is bound to the session, so a cookie planted from a neighbouring host is of no use; each page gets a freshly
 * salted token, so compression leaks nothing. Bearer requests carry no ambient authority and need none.
 */
@Injectable()
export class Csrf implements CanActivate {
  private readonly tokens = new Tokens({ algorithm: 'sha256' });

  constructor(private readonly config: Config) {}

  /** The token for a page, setting the secret's cookie on the first visit. */
  tokenFor(request: FastifyRequest, reply: FastifyReply): string {
    let seed = request.cookies[COOKIE];
    if (!seed) {
      seed = randomBytes(18).toString('base64url');
      request.cookies[COOKIE] = seed;
      reply.setCookie(COOKIE, seed, {
        path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.publicUrl.startsWith('https:'),
      });
    }
    return this.tokens.create(this.secret(seed, request));
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (SAFE.has(request.method) || request.headers.authorization) return true;
    const site = request.headers['sec-fetch-site'];
    const body = request.body as { _csrf?: unknown } | undefined;
    const given = request.headers['x-csrf-token'] ?? body?._csrf;
    const seed = request.cookies[COOKIE];
    const foreign = site === 'cross-site';
    // A JSON request without any cookie of ours has no ambient authority to misuse (sign-in by API).
    if (!foreign && !request.cookies.lt_access && isJson(request)) return true;
    if (foreign || !seed || typeof given !== 'string' || !this.tokens.verify(this.secret(seed, request), given)) {
      throw new Refusal(403, 'page-expired');
    }
    return true;
  }

  private secret(seed: string, request: FastifyRequest): string {
    const session = request.principal?.sessionId ?? 'nobody';
    return createHmac('sha256', this.config.secretKey).update(`csrf ${seed} ${session}`).digest('base64url');
  }
}

function isJson(request: FastifyRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/json');
}
