import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../platform/errors.js';
import { Logger } from '../platform/logger.js';
import { hasText, text } from '../platform/texts.js';
import { page } from './page.js';
import { PageRenderer } from './page-renderer.js';

const DRAWINGS: Record<number, string> = { 403: 'closed', 404: 'lost' };

/**
 * Every error, in the reader's language: a problem document for the API, a page that says what to do for people. What
 * is not a refusal is logged in full and shown as a number to quote, never as a stack.
 */
@Injectable()
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly renderer: PageRenderer, private readonly logger: Logger) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const refusal = asRefusal(error);
    if (refusal.status >= 500) this.logger.error('A request failed', error);
    request.lang ??= 'vi';
    if (!wantsPage(request)) {
      await this.sendProblem(refusal, request, reply);
      return;
    }
    const elsewhere = pageInstead(refusal, request);
    if (elsewhere) {
      await reply.code(303).header('location', elsewhere).send();
      return;
    }
    const html = await this.renderer.html(page('web/error', {
      title: text(request.lang, pick(request.lang, refusal.code, 'title')),
      status: refusal.status,
      message: sentence(request.lang, refusal.code, refusal.params),
      problems: refusal.problems.map((problem) => sentence(request.lang, problem.code, problem.params ?? {})),
      todo: text(request.lang, pick(request.lang, refusal.code, 'todo', refusal.status)),
      requestId: refusal.status >= 500 ? request.id : null,
      drawing: DRAWINGS[refusal.status] ?? 'broken',
    }), request, reply);
    await reply.code(refusal.status).header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store').send(html);
  }

  private async sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const errors = refusal.problems.map((problem) => ({
      field: problem.field, code: problem.code, detail: sentence(request.lang, problem.code, problem.params ?? {}),
    }));
    const retry = refusal.params.retryAfterSeconds;
    if (typeof retry === 'number') void reply.header('retry-after', String(retry));
    await reply.code(refusal.status).header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store').send(JSON.stringify({
        type: `/help/errors#${refusal.code}`,
        title: sentence(request.lang, refusal.code, refusal.params),
        status: refusal.status,
        code: refusal.code,
        ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
        ...(errors.length > 0 ? { errors } : {}),
        ...(refusal.status >= 500 ? { instance: request.id } : {}),
      }));
  }
}

/** The sentence for a code; the general one where a code has none of its own in this language. */
export function sentence(lang: 'vi' | 'en', code: string, params: Record<string, unknown> = {}): string {
  return hasText(lang, `errors.${code}`) ? text(lang, `errors.${code}`, params) : text(lang, 'errors.invalid');
}

function pick(lang: 'vi' | 'en', code: string, part: 'title' | 'todo', status = 0): string {
  for (const key of [`errors-pages.${code}.${part}`, `errors-pages.${status}.${part}`]) if (hasText(lang, key)) return key;
  return `errors-pages.general.${part}`;
}

/** Errors that are answered by the page where the person can do something about it. */
function pageInstead(refusal: Refusal, request: FastifyRequest): string | null {
  const back = request.method === 'GET' ? request.url : '/';
  if (refusal.code === 'sign-in-needed') return `/sign-in?to=${encodeURIComponent(back)}`;
  if (refusal.code === 'notice-needed') return `/notice?to=${encodeURIComponent(back)}`;
  if (refusal.code === 'second-factor-needed') return `/second-factor?to=${encodeURIComponent(back)}`;
  return null;
}

function wantsPage(request: FastifyRequest): boolean {
  if (request.url.startsWith('/api/')) return false;
  return !(request.headers.accept ?? '').startsWith('application/json');
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  const codes: Record<number, string> = {
    400: 'request-unreadable', 401: 'sign-in-needed', 403: 'forbidden', 404: 'not-found', 405: 'not-found',
    413: 'request-too-large', 415: 'request-type-unknown', 429: 'too-many-requests', 503: 'not-ready',
  };
  const code = status === undefined ? undefined : codes[status];
  return code && status ? new Refusal(status, code) : new Refusal(500, 'fault');
}
