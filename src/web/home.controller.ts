import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang, Visitor, type Principal } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { notFound } from '../platform/errors.js';
import { text } from '../platform/texts.js';
import { holds } from '../rules/scope.js';
import { LANGUAGE_COOKIE, localPath } from './language.js';
import { page, redirectTo } from './page.js';

const PROSE = new Set(['help', 'accessibility', 'privacy']);

@Controller()
export class HomeController {
  /** The front door: a welcome for visitors; for signed-in people the page where their work begins. */
  @Allow('anyone')
  @Get()
  home(@Visitor() visitor: Principal | null, @Lang() lang: Language) {
    if (!visitor) return page('web/home', { title: text(lang, 'pages.home.title'), wide: true });
    return redirectTo(holds(visitor.grants, 'coverage.read') ? '/coverage' : '/learning');
  }

  @Allow('anyone')
  @BeforeReady()
  @Get('language/:lang')
  language(@Param('lang') chosen: string, @Query('to') to: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    if (chosen !== 'vi' && chosen !== 'en') throw notFound();
    reply.setCookie(LANGUAGE_COOKIE, chosen, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 31_536_000 });
    return redirectTo(localPath(to));
  }

  /** Help, accessibility statement, privacy notice: prose in both languages. */
  @Allow('anyone')
  @BeforeReady()
  @Get(['help', 'accessibility', 'privacy'])
  prose(@Lang() lang: Language, @Res({ passthrough: true }) reply: FastifyReply) {
    const name = reply.request.url.split('?')[0]?.slice(1) ?? '';
    if (!PROSE.has(name)) throw notFound();
    return page(`web/${name}-${lang}`, { title: text(lang, `pages.${name}.title`) });
  }
}
