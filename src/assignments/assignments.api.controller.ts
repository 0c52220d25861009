import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Files } from '../platform/files/files.js';
import { Api } from '../platform/http/api.js';
import { readForm } from '../platform/http/forms.js';
import { findUpload } from '../platform/http/uploads.js';
import { submissionNumber } from './assignments.controller.js';
import { assignmentAnswer, draftAnswer, draftForm, handInForm, submissionAnswer } from './assignments.forms.js';
import { assignmentJson, submissionJson } from './assignments.json.js';
import { HandInAssignment } from './hand-in-assignment.js';
import { ReadAssignment } from './read-assignment.js';
import { SaveDraft } from './save-draft.js';
import { sendFile } from './send-file.js';

const SLUG = { slug: 'Name of the course, as in b2-loa-thong-minh' };

@ApiTags('assignments')
@Controller('api/v1/courses/:slug/assignment')
@Allow('signed-in')
export class AssignmentsApiController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly read: ReadAssignment,
    private readonly saveDraft: SaveDraft,
    private readonly handIn: HandInAssignment,
    private readonly files: Files,
  ) {}

  @Api({ summary: 'The practical task of a course and where one stands with it', params: SLUG, answer: assignmentAnswer })
  @Get()
  async show(@Param('slug') slug: string, @Me() me: Principal) {
    return assignmentJson(await this.read.run(me.personId, slug));
  }

  @Api({ summary: 'Keeps what is being written; the last save wins', params: SLUG, body: draftForm, answer: draftAnswer })
  @Put('draft')
  async draft(@Param('slug') slug: string, @Body() body: unknown, @Me() me: Principal) {
    const { savedAt } = await this.saveDraft.run(me.personId, slug, readForm(draftForm, body).text, this.clock.now());
    return { savedAt: savedAt.toISOString() };
  }

  @Api({
    summary: 'Hands the work in: multipart with a file, or JSON {text, number} without; 200 when the very same was there',
    params: SLUG, status: 201, answer: submissionAnswer,
    upload: {
      text: 'What is written directly', number: '1, or 2 for the resubmission; left out: whichever is due',
      file: 'At most one file, of a kind that the task names',
    },
  })
  @HttpCode(201)
  @Post('submissions')
  async submit(
    @Param('slug') slug: string, @Body() body: unknown, @Me() me: Principal, @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = readForm(handInForm, body);
    const { submission, isNew } = await this.handIn.run(me, slug, form, findUpload(request, 'file'), this.clock.now());
    void reply.code(isNew ? 201 : 200);
    const { assignment } = await this.read.run(me.personId, slug);
    return submissionJson(assignment, submission, `/api/v1/courses/${slug}/assignment/submissions/${submission.number}/file`);
  }

  @Api({
    summary: 'The file of a submission of one’s own', params: { ...SLUG, number: '1 or 2' }, produces: ['application/octet-stream'],
  })
  @Get('submissions/:number/file')
  async file(
    @Param('slug') slug: string, @Param('number') number: string, @Me() me: Principal, @Res() reply: FastifyReply,
  ) {
    const file = await this.read.ownFile(me.personId, slug, submissionNumber(number));
    return sendFile(reply, this.files, this.database.reader, file, file.name);
  }
}
