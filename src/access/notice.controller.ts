import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, BeforeReady } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { localPath, page, redirectTo } from '../web/index.js';
import { AcceptNotice } from './accept-notice.js';

/** What is kept about people and why, read once before anything else and again whenever one likes. */
@Controller('notice')
export class NoticeController {
  constructor(private readonly acceptNotice: AcceptNotice, private readonly clock: Clock) {}

  @Allow('signed-in')
  @BeforeReady()
  @Get()
  read(@Me() me: Principal, @Lang() lang: Language, @Query('to') to: string | undefined) {
    return page('access/notice', {
      title: text(lang, 'access.notice.title'), accept: me.needsNotice, to: localPath(to),
      items: ['kept', 'why', 'who', 'how-long', 'rights'].map((name) => ({
        title: text(lang, `access.notice.${name}.title`), text: text(lang, `access.notice.${name}.text`),
      })),
    });
  }

  @Allow('signed-in')
  @BeforeReady()
  @Post()
  async accept(@Me() me: Principal, @Body() body: { to?: string } | undefined) {
    await this.acceptNotice.run(me, this.clock.now());
    return redirectTo(localPath(typeof body?.to === 'string' ? body.to : undefined));
  }
}
