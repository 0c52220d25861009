import { Controller, Get, Param } from '@nestjs/common';
import { Allow } from '../platform/access/allow.js';
import { Lang } from '../platform/access/principal.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/errors.js';
import { localText, text } from '../platform/texts.js';
import { page } from '../web/index.js';
import { bankPage } from './course.page.js';
import type { CourseVersion } from './course-version.js';
import { Courses } from './courses.service.js';

/** The latest version as its authors see it, keys included. Content is the same for the whole country: no scope. */
@Controller('courses/:slug/preview')
export class CoursePreviewController {
  constructor(private readonly database: Database, private readonly courses: Courses) {}

  @Allow('courses.preview')
  @Get()
  async preview(@Param('slug') slug: string, @Lang() lang: Language) {
    const course = await this.find(slug);
    const questions = await this.courses.questions(this.database.reader, course.id);
    return page('courses/preview', {
      title: text(lang, 'courses.preview.title', { title: localText(lang, course.title) }), at: 'learning', wide: true,
      crumbs: this.crumbs(lang, course), course, count: questions.length, bank: bankPage(lang, course, questions),
    });
  }

  @Allow('courses.preview')
  @Get('lessons/:code')
  async lesson(@Param('slug') slug: string, @Param('code') code: string, @Lang() lang: Language) {
    const course = await this.find(slug);
    const lesson = course.lessons.find((candidate) => candidate.code === code);
    if (!lesson) throw notFound();
    return page('courses/preview-lesson', {
      title: localText(lang, lesson.title), at: 'learning',
      crumbs: [
        ...this.crumbs(lang, course), { href: `/courses/${slug}/preview`, label: text(lang, 'courses.preview.crumb') },
      ],
      course, lesson, content: lesson.contents[lang] ?? lesson.contents.vi,
      contentLang: lesson.contents[lang] ? null : 'vi',
      next: course.lessons.find((candidate) => candidate.position === lesson.position + 1),
      previous: course.lessons.find((candidate) => candidate.position === lesson.position - 1),
    });
  }

  private async find(slug: string): Promise<CourseVersion> {
    const course = await this.courses.bySlug(this.database.reader, slug);
    if (!course) throw notFound('course-not-found');
    return course;
  }

  private crumbs(lang: Language, course: CourseVersion) {
    return [{ href: '/programmes', label: text(lang, 'programmes.title') },
      { href: `/courses/${course.slug}`, label: localText(lang, course.title) }];
  }
}
