import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Files } from '../platform/files/files.js';
import { notFound } from '../platform/errors.js';
import { readForm } from '../platform/http/forms.js';
import { findUpload } from '../platform/http/uploads.js';
import { showTime } from '../platform/texts.js';
import { MOST_SUBMISSIONS } from '../rules/handing-in.js';
import { emptyForm, formAgain, page, redirectTo, type FormState } from '../web/index.js';
import { assignmentPage } from './assignment.page.js';
import { draftForm, handInForm } from './assignments.forms.js';
import { HandInAssignment } from './hand-in-assignment.js';
import { ReadAssignment } from './read-assignment.js';
import { SaveDraft } from './save-draft.js';
import { sendFile } from './send-file.js';

/** The practical task of a course: what is asked, writing, handing in, what came of it. */
@Controller('courses/:slug/assignment')
@Allow('signed-in')
export class AssignmentsController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly read: ReadAssignment,
    private readonly saveDraft: SaveDraft,
    private readonly handIn: HandInAssignment,
    private readonly files: Files,
  ) {}

  @Get()
  async show(@Param('slug') slug: string, @Me() me: Principal, @Lang() lang: Language) {
    return this.page(lang, me, slug, emptyForm());
  }

  /** The button for those without scripts; the script saves through the API. */
  @Post('draft')
  async draft(@Param('slug') slug: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    return formAgain(lang, body, async () => {
      const { text } = readForm(draftForm, body);
      const { savedAt } = await this.saveDraft.run(me.personId, slug, text, now);
      return redirectTo(`/courses/${slug}/assignment#text`, {
        key: 'assignments.draft-saved', params: { time: showTime(savedAt) },
      });
    }, (form) => this.page(lang, me, slug, form));
  }

  @Post('submissions')
  async submit(
    @Param('slug') slug: string, @Body() body: unknown, @Me() me: Principal, @Lang() lang: Language,
    @Req() request: FastifyRequest,
  ) {
    const now = this.clock.now();
    return formAgain(lang, body, async () => {
      const form = readForm(handInForm, body);
      await this.handIn.run(me, slug, form, findUpload(request, 'file'), now);
      return redirectTo(`/courses/${slug}/assignment`, { key: 'assignments.handed-in' });
    }, (form) => this.page(lang, me, slug, form));
  }

  @Get('submissions/:number/file')
  async file(
    @Param('slug') slug: string, @Param('number') number: string, @Me() me: Principal, @Res() reply: FastifyReply,
  ) {
    const file = await this.read.ownFile(me.personId, slug, submissionNumber(number));
    return sendFile(reply, this.files, this.database.reader, file, file.name);
  }

  private async page(lang: Language, me: Principal, slug: string, form: FormState) {
    const standing = await this.read.run(me.personId, slug);
    return page('assignments/assignment', assignmentPage(lang, standing, form, `${me.accountId}/${slug}`));
  }
}

export function submissionNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > MOST_SUBMISSIONS) throw notFound('submission-not-found');
  return number;
}
