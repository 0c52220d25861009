import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { AssignPeople } from './assign-people.js';
import { ChangeCohort } from './change-cohort.js';
import {
  changeCohortBody, extensionBody, idIn, listQuery, membersShape, newCohortBody, peopleBody,
} from './cohorts.forms.js';
import type { Cohort } from './cohorts.repository.js';
import { CreateCohort } from './create-cohort.js';
import { ExtendDueDate } from './extend-due-date.js';
import { ReadCohorts } from './read-cohorts.js';
import { WithdrawPeople } from './withdraw-people.js';

const named = z.object({ vi: z.string(), en: z.string().optional() });
export const cohortSchema = z.object({
  id: z.number(), title: z.string(), opens: z.iso.date(), due: z.iso.date().describe('The whole of this day is in time'),
  programme: z.object({ code: z.string(), slug: z.string(), title: named }), agency: z.object({ code: z.string(), name: named }),
  assigned: z.number(),
});

export const cohortJson = (cohort: Cohort): z.output<typeof cohortSchema> => ({
  id: cohort.id, title: cohort.title, opens: cohort.opens, due: cohort.due, agency: cohort.agency, assigned: cohort.people,
  programme: { code: cohort.programme.code, slug: cohort.programme.slug, title: cohort.programme.title },
});

const ID = { id: 'Of the class' };
const changed = z.object({ people: z.array(z.number()).describe('Whom it changed something for') });

@ApiTags('cohorts')
@Controller('api/v1/cohorts')
export class CohortsApiController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cohorts: ReadCohorts,
    private readonly create: CreateCohort,
    private readonly change: ChangeCohort,
    private readonly assign: AssignPeople,
    private readonly withdraw: WithdrawPeople,
    private readonly extend: ExtendDueDate,
  ) {}

  @Allow('cohorts.manage')
  @Post()
  @Api({
    summary: 'Open a class and assign people; an Idempotency-Key header makes one class however often it is sent',
    body: newCohortBody, status: 201, answer: cohortSchema,
  })
  async open(@Body() body: unknown, @Headers('idempotency-key') key: string | undefined, @Me() me: Principal) {
    const wish = readForm(newCohortBody, body);
    const now = this.clock.now();
    const requestKey = key?.trim().slice(0, 200) || undefined;
    return this.database.inTransaction(async (tx) => {
      const made = await this.create.run(tx, me, { ...wish, requestKey }, now);
      return { ...cohortJson(await this.cohorts.find(me, made.id, 'cohorts.manage', tx)), assigned: made.assigned };
    });
  }

  @Allow('cohorts.read')
  @Get()
  @Api({
    summary: 'Classes of my agencies, by due date', query: listQuery,
    answer: z.object({ items: z.array(cohortSchema), next: z.string().nullable() }),
  })
  async list(@Query() query: unknown, @Me() me: Principal) {
    const { items, next } = await this.cohorts.list(me, readForm(listQuery, query));
    return { items: items.map(cohortJson), next };
  }

  @Allow('cohorts.read')
  @Get(':id')
  @Api({ summary: 'A class', params: ID, answer: cohortSchema })
  async one(@Param('id') id: string, @Me() me: Principal) {
    return cohortJson(await this.cohorts.find(me, idIn(id), 'cohorts.read'));
  }

  @Allow('cohorts.manage')
  @Patch(':id')
  @Api({ summary: 'Change title, opening or due date', params: ID, body: changeCohortBody, answer: cohortSchema })
  async alter(@Param('id') id: string, @Body() body: unknown, @Me() me: Principal) {
    const wish = readForm(changeCohortBody, body);
    const now = this.clock.now();
    await this.database.inTransaction((tx) => this.change.run(tx, me, idIn(id), wish, now));
    return cohortJson(await this.cohorts.find(me, idIn(id), 'cohorts.manage'));
  }

  @Allow('cohorts.manage')
  @Post(':id/members')
  @HttpCode(200)
  @Api({
    summary: 'Assign people by id or by a rule; who is in the class stays as they are', params: ID, body: membersShape,
    answer: changed,
  })
  async addMembers(@Param('id') id: string, @Body() body: unknown, @Me() me: Principal) {
    const members = readForm(membersShape, body);
    const now = this.clock.now();
    return { people: await this.database.inTransaction((tx) => this.assign.run(tx, me, idIn(id), members, now)) };
  }

  @Allow('cohorts.manage')
  @Post(':id/withdrawals')
  @HttpCode(200)
  @Api({ summary: 'Withdraw people; what they studied stays', params: ID, body: peopleBody, answer: changed })
  async withdrawMembers(@Param('id') id: string, @Body() body: unknown, @Me() me: Principal) {
    const { people } = readForm(peopleBody, body);
    const now = this.clock.now();
    return { people: await this.database.inTransaction((tx) => this.withdraw.run(tx, me, idIn(id), people, now)) };
  }

  @Allow('cohorts.manage')
  @Post(':id/extensions')
  @HttpCode(200)
  @Api({ summary: 'Give people a later due date', params: ID, body: extensionBody, answer: changed })
  async extendMembers(@Param('id') id: string, @Body() body: unknown, @Me() me: Principal) {
    const wish = readForm(extensionBody, body);
    const now = this.clock.now();
    return { people: await this.database.inTransaction((tx) => this.extend.run(tx, me, idIn(id), wish, now)) };
  }
}
