import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Lang, Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound, Refusal } from '../platform/errors.js';
import { Files } from '../platform/files/files.js';
import { id, readForm } from '../platform/http/forms.js';
import { text } from '../platform/texts.js';
import { emptyForm, formAgain, page, Page, redirectTo } from '../web/index.js';
import { markingForm, queueQuery } from './assignments.forms.js';
import { MarkAssignment } from './mark-assignment.js';
import { anonymousName, levelsIn, markingPage, queuePage } from './marking.page.js';
import { assessorOf, ReadMarking } from './read-marking.js';
import { sendFile } from './send-file.js';

/** Marking practical work. The learner's name is never shown. */
@Controller('marking')
@Allow('assignments.mark')
export class MarkingController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly read: ReadMarking,
    private readonly mark: MarkAssignment,
    private readonly files: Files,
  ) {}

  @Get()
  async queue(@Query() query: unknown, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const asked = readForm(queueQuery, query);
    const queue = await this.read.queue(assessorOf(me, now), asked);
    return page('assignments/queue', queuePage(lang, queue, now, asked.after === undefined));
  }

  @Get(':id')
  async one(@Param('id') submissionId: string, @Me() me: Principal, @Lang() lang: Language) {
    const now = this.clock.now();
    const toMark = await this.read.one(assessorOf(me, now), idOf(submissionId));
    const marking = toMark.submission.marking;
    if (marking && marking.assessorAccountId !== me.accountId) return alreadyMarked(lang, undefined);
    return page('assignments/mark', markingPage(lang, toMark, emptyForm(), now));
  }

  @Post(':id')
  async submit(
    @Param('id') submissionId: string, @Body() body: Record<string, unknown>, @Me() me: Principal, @Lang() lang: Language,
  ) {
    const now = this.clock.now();
    const assessor = assessorOf(me, now);
    const submission = idOf(submissionId);
    return formAgain(lang, body, async () => {
      try {
        const form = readForm(markingForm, { levels: levelsIn(body), remark: body.remark });
        const { passed } = await this.mark.run(assessor, submission, form, now);
        return redirectTo('/marking', { key: `assignments.marked-${passed ? 'passed' : 'not-passed'}` });
      } catch (error) {
        if (error instanceof Refusal && error.code === 'submission-marked-already') return alreadyMarked(lang, body.remark);
        throw error;
      }
    }, async (form) => {
      const toMark = await this.read.one(assessor, submission);
      if (toMark.submission.marking) return alreadyMarked(lang, body.remark);
      return page('assignments/mark', markingPage(lang, toMark, form, now));
    });
  }

  @Get(':id/file')
  async file(@Param('id') submissionId: string, @Me() me: Principal, @Res() reply: FastifyReply) {
    const { submission } = await this.read.one(assessorOf(me, this.clock.now()), idOf(submissionId));
    if (!submission.file) throw notFound('submission-not-found');
    return sendFile(reply, this.files, this.database.reader, submission.file, anonymousName(submission.id, submission.file));
  }
}

/** Somebody else was first. What was written is shown, so that it is not lost; it is not kept. */
function alreadyMarked(lang: Language, remark: unknown): Page {
  return page('assignments/marked-already', {
    title: text(lang, 'assignments.marked-already.title'), at: 'marking',
    remark: typeof remark === 'string' && remark.trim() !== '' ? remark : null,
  }, remark === undefined ? 200 : 409);
}

export function idOf(given: string): number {
  const read = id().safeParse(given);
  if (!read.success) throw notFound('submission-not-found');
  return read.data;
}
