import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoursePreviewController } from './course-preview.controller.js';
import { CoursesApiController } from './courses.api.controller.js';
import { CoursesController } from './courses.controller.js';
import { CoursesRepository } from './courses.repository.js';
import { Courses } from './courses.service.js';
import { COURSE_ENTITIES } from './course.entities.js';
import { PublishCourses } from './publish-courses.js';
import { PublishingRepository } from './publishing.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature(COURSE_ENTITIES)],
  controllers: [CoursesController, CoursePreviewController, CoursesApiController],
  providers: [Courses, CoursesRepository, PublishCourses, PublishingRepository],
  exports: [Courses, PublishCourses],
})
export class CoursesModule {}
