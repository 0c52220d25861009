import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoursesModule } from '../courses/index.js';
import { ProgrammeCourseEntity } from './programme-course.entity.js';
import { ProgrammeVersionEntity } from './programme-version.entity.js';
import { ProgrammeEntity } from './programme.entity.js';
import { ProgrammesApiController } from './programmes.api.controller.js';
import { ProgrammesController } from './programmes.controller.js';
import { ProgrammesRepository } from './programmes.repository.js';
import { Programmes, Targets } from './programmes.service.js';
import { PublishProgrammes } from './publish-programmes.js';
import { PublishTargets } from './publish-targets.js';
import { PublishingRepository } from './publishing.repository.js';
import { TargetVersionEntity } from './target-version.entity.js';

@Module({
  imports: [
    CoursesModule,
    TypeOrmModule.forFeature([ProgrammeEntity, ProgrammeVersionEntity, ProgrammeCourseEntity, TargetVersionEntity]),
  ],
  controllers: [ProgrammesController, ProgrammesApiController],
  providers: [Programmes, Targets, ProgrammesRepository, PublishProgrammes, PublishTargets, PublishingRepository],
  exports: [Programmes, Targets, PublishProgrammes, PublishTargets],
})
export class ProgrammesModule {}
