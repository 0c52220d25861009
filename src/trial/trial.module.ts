import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AgenciesModule } from '../agencies/index.js';
import { AssignmentsModule } from '../assignments/index.js';
import { CertificatesModule } from '../certificates/index.js';
import { CohortsModule } from '../cohorts/index.js';
import { CoursesModule } from '../courses/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { QuizzesModule } from '../quizzes/index.js';
import { RosterModule } from '../roster/index.js';
import { StudyModule } from '../study/index.js';
import { LoadTrialData } from './load-trial-data.js';
import { TrialAgencies } from './trial-agencies.js';
import { TrialLearners } from './trial-learners.js';
import { TrialPeople } from './trial-people.js';

@Module({
  imports: [AgenciesModule, RosterModule, AccessModule, CertificatesModule, CohortsModule, CoursesModule, ProgrammesModule, StudyModule, QuizzesModule,
    AssignmentsModule],
  providers: [LoadTrialData, TrialAgencies, TrialPeople, TrialLearners],
  exports: [LoadTrialData],
})
export class TrialModule {}
