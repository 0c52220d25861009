import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from '../platform/access/csrf.js';
import { Installation } from '../platform/installation.js';
import { hasText, text } from '../platform/texts.js';
import { Assets } from './assets.js';
import { navigationFor } from './navigation.js';
import type { Page, Redirect } from './page.js';
import { Views } from './views.js';

const NOTICE = 'lt_notice';

/** Puts a page into the layout with everything the layout shows: navigation, person, language, notice, token. */
@Injectable()
export class PageRenderer {
  readonly assets = new Assets();
  private readonly views = new Views(this.assets);

  constructor(private readonly csrf: Csrf, private readonly installation: Installation) {}

  async send(result: Page, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const html = await this.html(result, request, reply);
    void reply.code(result.status).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store')
      .header('content-language', request.lang);
    return html;
  }

  redirect(result: Redirect, reply: FastifyReply): string {
    if (result.notice) {
      reply.setCookie(NOTICE, JSON.stringify(result.notice), { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
    }
    void reply.code(303).header('location', result.to);
    return '';
  }

  async html(result: Page, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { lang } = request;
    const principal = request.principal ?? null;
    const { title, wide, crumbs, scripts, at, ...facts } = result.facts;
    const layout = {
      lang, title, wide: wide ?? false, crumbs: crumbs ?? [], scripts: scripts ?? [],
      nav: navigationFor(principal, lang, at),
      user: principal ? { name: principal.name, username: principal.username } : null,
      switchHref: `/language/${lang === 'vi' ? 'en' : 'vi'}?to=${encodeURIComponent(returnPath(request))}`,
      csrf: this.csrf.tokenFor(request, reply),
      trial: await this.installation.isTrial(),
      notice: takeNotice(request, reply),
    };
    const body = this.views.render(result.view, { ...facts, title, page: layout, at });
    return this.views.render('layouts/page', { body, page: layout });
  }
}

/** Where switching the language leads back to: this page when it can be asked for again, else the page it came from. */
function returnPath(request: FastifyRequest): string {
  if (request.method === 'GET') return request.url;
  const from = request.headers.referer;
  try {
    const url = new URL(from ?? '');
    return url.pathname + url.search;
  } catch {
    return '/';
  }
}

function takeNotice(request: FastifyRequest, reply: FastifyReply): { kind: string; text: string } | null {
  const raw = request.cookies[NOTICE];
  if (!raw) return null;
  reply.clearCookie(NOTICE, { path: '/' });
  try {
    const notice = JSON.parse(raw) as { key: string; params?: Record<string, unknown>; kind?: string };
    if (!hasText(request.lang, notice.key)) return null;
    const kind = notice.kind === 'error' || notice.kind === 'info' ? notice.kind : 'ok';
    return { kind, text: text(request.lang, notice.key, notice.params ?? {}) };
  } catch {
    return null;
  }
}
