import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { CoverageModule } from '../coverage/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { HeldCriteria } from './held-criteria.js';
import { MyLearningApiController } from './my-learning.api.controller.js';
import { MyLearningController } from './my-learning.controller.js';
import { MyLearning } from './my-learning.js';
import { MyLearningRepository } from './my-learning.repository.js';

@Module({
  imports: [CoursesModule, ProgrammesModule, CoverageModule, NotificationsModule],
  controllers: [MyLearningController, MyLearningApiController],
  providers: [MyLearningRepository, MyLearning, HeldCriteria],
})
export class MyLearningModule {}
