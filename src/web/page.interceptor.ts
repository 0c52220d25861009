import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Page, Redirect } from './page.js';
import { PageRenderer } from './page-renderer.js';

/** Turns what a page handler returned into HTML, or into a redirect with a notice for the next page. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly renderer: PageRenderer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(mergeMap(async (result: unknown) => {
      if (result instanceof Page) return this.renderer.send(result, request, reply);
      if (result instanceof Redirect) return this.renderer.redirect(result, reply);
      return result;
    }));
  }
}
