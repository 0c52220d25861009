import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { AgenciesModule } from './agencies/index.js';
import { AssignmentsModule } from './assignments/index.js';
import { AuditModule } from './audit/index.js';
import { CertificatesModule } from './certificates/index.js';
import { CohortsModule } from './cohorts/index.js';
import { CoursesModule } from './courses/index.js';
import { CoverageModule } from './coverage/index.js';
import { MyLearningModule } from './my-learning/index.js';
import { NotificationsModule } from './notifications/index.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';
import { ProgrammesModule } from './programmes/index.js';
import { ProgressModule } from './progress/index.js';
import { QuizzesModule } from './quizzes/index.js';
import { RosterModule } from './roster/index.js';
import { StudyModule } from './study/index.js';
import { TrialModule } from './trial/index.js';
import { WebModule } from './web/index.js';

/** The features, from the ground up. */
@Module({})
export class AppModule {
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts), WebModule,
        AgenciesModule, RosterModule, AccessModule, NotificationsModule,
        CoursesModule, ProgrammesModule, CohortsModule,
        StudyModule, QuizzesModule, AssignmentsModule, ProgressModule,
        CertificatesModule, CoverageModule, MyLearningModule, AuditModule, TrialModule,
      ],
    };
  }
}
