import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoursesModule } from '../courses/index.js';
import { CourseRunEntity } from './course-run.entity.js';
import { LessonVisitEntity } from './lesson-visit.entity.js';
import { LessonsController } from './lessons.controller.js';
import { OpenCourseRun } from './open-course-run.js';
import { RecordLessonVisit } from './record-lesson-visit.js';
import { StudyApiController } from './study.api.controller.js';
import { StudyRepository } from './study.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([CourseRunEntity, LessonVisitEntity]), CoursesModule],
  controllers: [LessonsController, StudyApiController],
  providers: [StudyRepository, OpenCourseRun, RecordLessonVisit],
  exports: [StudyRepository, OpenCourseRun, RecordLessonVisit],
})
export class StudyModule {}
