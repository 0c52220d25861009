import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Courses } from '../courses/index.js';
import { Allow } from '../platform/access/allow.js';
import { Me, type Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { Api } from '../platform/http/api.js';
import { id, readForm } from '../platform/http/forms.js';
import { nextStep } from './next-step.js';
import { RecordLessonVisit } from './record-lesson-visit.js';
import { lessonAnswer, visitAnswer, visitForm } from './study.forms.js';
import { StudyRepository } from './study.repository.js';

@ApiTags('learning')
@Controller('api/v1/lessons')
@Allow('signed-in')
export class StudyApiController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly visits: RecordLessonVisit,
    private readonly study: StudyRepository,
  ) {}

  @Api({
    summary: 'A lesson with its text, self-checks and sources',
    params: { id: 'Number of the lesson' },
    answer: lessonAnswer,
  })
  @Get(':id')
  async lesson(@Param('id') lessonId: string) {
    const tx = this.database.reader;
    const place = await this.study.findLesson(tx, lessonNumber(lessonId));
    if (!place) throw notFound('lesson-not-found');
    const version = await this.courses.version(tx, place.courseVersionId);
    const lesson = version.lessons.find((candidate) => candidate.id === Number(lessonId));
    if (!lesson) throw notFound('lesson-not-found');
    return lessonAnswer.parse({
      ...lesson,
      course: { code: version.code, slug: version.slug, version: version.number },
    });
  }

  @Api({
    summary: 'Keeps that a lesson was opened or finished, once each; opens the course where it is not begun yet',
    params: { id: 'Number of the lesson' }, body: visitForm, answer: visitAnswer, status: 201,
  })
  @HttpCode(201)
  @Post(':id/visits')
  async visit(
    @Param('id') lessonId: string,
    @Body() body: unknown,
    @Me() me: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const now = this.clock.now();
    const { kind } = readForm(visitForm, body);
    const number = lessonNumber(lessonId);
    return this.database.inTransaction(async (tx) => {
      const { run, version, lesson, isNew, at } = await this.visits.byId(tx, me.personId, number, kind, now);
      void reply.code(isNew ? 201 : 200);
      return {
        lesson: { id: lesson.id, code: lesson.code, slug: lesson.slug }, kind, at: at.toISOString(),
        next: nextStep(version, await this.study.standing(tx, run.id)),
      };
    });
  }
}

function lessonNumber(text: string): number {
  const read = id().safeParse(text);
  if (!read.success) throw notFound('lesson-not-found');
  return read.data;
}
