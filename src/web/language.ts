import type { FastifyRequest } from 'fastify';
import type { Language } from '../platform/config.js';

export const LANGUAGE_COOKIE = 'lt_lang';

/**
 * The language of a request: what the person chose on a page; for API calls also Accept-Language. A page does not
 * guess from the browser: many offices run English browsers for people who read Vietnamese.
 */
export function languageOf(request: FastifyRequest, fallback: Language): Language {
  const chosen = request.cookies?.[LANGUAGE_COOKIE];
  if (chosen === 'vi' || chosen === 'en') return chosen;
  if (request.url.startsWith('/api/')) {
    const accepted = /\b(vi|en)\b/.exec(request.headers['accept-language'] ?? '')?.[1];
    if (accepted === 'vi' || accepted === 'en') return accepted;
  }
  return fallback;
}

/** A path on this very site, or the fallback: `to=https://elsewhere` and `//elsewhere` lead nowhere. */
export function localPath(to: string | undefined, fallback = '/'): string {
  if (!to?.startsWith('/') || to.startsWith('//') || to.includes('\\') || /[\r\n\t]/.test(to)) return fallback;
  return to;
}
