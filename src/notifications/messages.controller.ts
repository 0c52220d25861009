import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { id, readForm } from '../platform/http/forms.js';
import { redirectTo } from '../web/index.js';
import { ReadMessages } from './read-messages.js';

const putAside = z.object({ upTo: id() });

@Controller('messages')
export class MessagesController {
  constructor(private readonly messages: ReadMessages, private readonly database: Database, private readonly clock: Clock) {}

  @Allow('signed-in')
  @Post('put-aside')
  async putAside(@Body() body: unknown, @Me() me: Principal) {
    const { upTo } = readForm(putAside, body);
    await this.messages.putAside(this.database.reader, me.accountId, upTo, this.clock.now());
    return redirectTo('/learning');
  }
}
