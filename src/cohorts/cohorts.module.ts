import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgenciesModule } from '../agencies/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { AssignPeople } from './assign-people.js';
import { AssigningController } from './assigning.controller.js';
import { CandidatesRepository } from './candidates.repository.js';
import { ChangeCohort } from './change-cohort.js';
import { CohortEntity } from './cohort.entity.js';
import { CohortsApiController } from './cohorts.api.controller.js';
import { CohortsController } from './cohorts.controller.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CreateCohort } from './create-cohort.js';
import { DueExtensionEntity } from './due-extension.entity.js';
import { EnrolmentEntity } from './enrolment.entity.js';
import { ExtendDueDate } from './extend-due-date.js';
import { MembersController } from './members.controller.js';
import { ReadCohorts } from './read-cohorts.js';
import { WithdrawPeople } from './withdraw-people.js';

@Module({
  imports: [TypeOrmModule.forFeature([CohortEntity, EnrolmentEntity, DueExtensionEntity]), AgenciesModule, ProgrammesModule],
  controllers: [CohortsController, AssigningController, MembersController, CohortsApiController],
  providers: [
    CohortsRepository, CandidatesRepository, ReadCohorts, CreateCohort, AssignPeople, ChangeCohort, WithdrawPeople, ExtendDueDate,
  ],
  exports: [ReadCohorts, CreateCohort, AssignPeople, ExtendDueDate, WithdrawPeople],
})
export class CohortsModule {}
