import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { conflict, notFound } from '../platform/errors.js';
import { Files } from '../platform/files/files.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { dueState } from '../rules/deadlines.js';
import { markableAnswer, markedAnswer, markingForm, queueAnswer, queueQuery } from './assignments.forms.js';
import { courseJson, markableJson } from './assignments.json.js';
import { MarkAssignment } from './mark-assignment.js';
import { idOf } from './marking.controller.js';
import { anonymousName } from './marking.page.js';
import { assessorOf, ReadMarking } from './read-marking.js';
import { sendFile } from './send-file.js';
import { dueOn } from './submission.js';

const ID = { id: 'Number of the submission' };

@ApiTags('assignments')
@Controller('api/v1/marking')
@Allow('assignments.mark')
export class MarkingApiController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly read: ReadMarking,
    private readonly mark: MarkAssignment,
    private readonly files: Files,
  ) {}

  @Api({ summary: 'Practical work that waits for this assessor, oldest first', query: queueQuery, answer: queueAnswer })
  @Get()
  async queue(@Query() query: unknown, @Me() me: Principal) {
    const now = this.clock.now();
    const { waiting, overdue, items, next } = await this.read.queue(assessorOf(me, now), readForm(queueQuery, query));
    return {
      waiting, overdue, next,
      items: items.map((item) => ({
        id: item.id, number: item.number, course: courseJson(item.version), title: item.version.assignment?.title,
        agencyType: item.agencyType, handedInAt: item.handedInAt.toISOString(), dueOn: dueOn(item),
        overdue: dueState(dueOn(item), now).state === 'late', hasFile: item.hasFile,
      })),
    };
  }

  @Api({
    summary: 'One piece of work with its rubric, guide and model answer; without its author', params: ID, answer: markableAnswer,
  })
  @Get(':id')
  async one(@Param('id') submissionId: string, @Me() me: Principal) {
    const toMark = await this.read.one(assessorOf(me, this.clock.now()), idOf(submissionId));
    const marking = toMark.submission.marking;
    if (marking && marking.assessorAccountId !== me.accountId) throw conflict('submission-marked-already');
    return markableJson(toMark);
  }

  @Api({
    summary: 'Marks the work, once; the outcome follows from the levels. 200 when the very same marking was there',
    params: ID, body: markingForm, status: 201, answer: markedAnswer,
  })
  @HttpCode(201)
  @Post(':id')
  async submit(
    @Param('id') submissionId: string, @Body() body: unknown, @Me() me: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const now = this.clock.now();
    const marked = await this.mark.run(assessorOf(me, now), idOf(submissionId), readForm(markingForm, body), now);
    void reply.code(marked.isNew ? 201 : 200);
    return { passed: marked.passed, total: marked.total };
  }

  @Api({ summary: 'The file of a piece of work to be marked', params: ID, produces: ['application/octet-stream'] })
  @Get(':id/file')
  async file(@Param('id') submissionId: string, @Me() me: Principal, @Res() reply: FastifyReply) {
    const { submission } = await this.read.one(assessorOf(me, this.clock.now()), idOf(submissionId));
    if (!submission.file) throw notFound('submission-not-found');
    return sendFile(reply, this.files, this.database.reader, submission.file, anonymousName(submission.id, submission.file));
  }
}
