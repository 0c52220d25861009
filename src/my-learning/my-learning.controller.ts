import { Controller, Get } from '@nestjs/common';
import { ReadMessages } from '../notifications/index.js';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { page } from '../web/index.js';
import { HeldCriteria } from './held-criteria.js';
import { MyLearning } from './my-learning.js';
import { myLearningPage } from './my-learning.page.js';

@Controller()
export class MyLearningController {
  constructor(
    private readonly learning: MyLearning,
    private readonly criteria: HeldCriteria,
    private readonly messages: ReadMessages,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Allow('signed-in')
  @Get('learning')
  async show(@Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const [learning, criteria, messages] = await Promise.all([
      this.learning.run(me.personId, now),
      this.criteria.run(this.database.reader, me.personId, now),
      this.messages.unread(this.database.reader, me.accountId),
    ]);
    return page('my-learning/learning', myLearningPage(lang, learning, criteria, messages));
  }
}
