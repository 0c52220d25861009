import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CohortsModule } from '../cohorts/index.js';
import { CoursesModule } from '../courses/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { StudyModule } from '../study/index.js';
import { ClassBoardController } from './class-board.controller.js';
import { ClassBoardRepository } from './class-board.repository.js';
import { CohortProgressApiController } from './cohort-progress.api.controller.js';
import { CourseCompletionEntity } from './course-completion.entity.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ProgrammeCompletionEntity } from './programme-completion.entity.js';
import { ReadClassBoard } from './read-class-board.js';
import { RecordCourseProgress } from './record-course-progress.js';
import { RecordProgrammeProgress } from './record-programme-progress.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CourseCompletionEntity, ProgrammeCompletionEntity]), CohortsModule, CoursesModule, ProgrammesModule,
    StudyModule,
  ],
  controllers: [ClassBoardController, CohortProgressApiController],
  providers: [EvidenceRepository, RecordCourseProgress, RecordProgrammeProgress, ClassBoardRepository, ReadClassBoard],
  exports: [RecordCourseProgress, RecordProgrammeProgress],
})
export class ProgressModule {}
