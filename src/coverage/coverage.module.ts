import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Jobs } from '../platform/jobs/jobs.js';
import { AskCoverage } from './ask-coverage.js';
import { CompareCoverage } from './coverage-change.js';
import { CountingRules } from './counting-rules.js';
import { CoverageApiController } from './coverage.api.controller.js';
import { CoverageController } from './coverage.controller.js';
import { CoverageFigures } from './coverage-figures.js';
import { CoverageScope } from './coverage-scope.js';
import { ListCoveredPeople } from './list-covered-people.js';
import { CoveredPeopleRepository } from './people.repository.js';
import { ProofsRepository } from './proofs.repository.js';
import { RecountEveryone } from './recount-everyone.js';
import { RecountPeople } from './recount-people.js';
import { RecountPerson } from './recount-person.js';
import { TrainedIntervalEntity } from './trained-interval.entity.js';
import { TrainedIntervalsRepository } from './trained-intervals.repository.js';

/** 02:40 in Viet Nam, in the UTC that cron speaks. */
const NIGHTLY = '40 19 * * *';

@Module({
  imports: [TypeOrmModule.forFeature([TrainedIntervalEntity])],
  controllers: [CoverageController, CoverageApiController],
  providers: [
    AskCoverage, CompareCoverage, CountingRules, CoverageFigures, CoverageScope, CoveredPeopleRepository, ListCoveredPeople,
    ProofsRepository, RecountEveryone, RecountPeople, RecountPerson, TrainedIntervalsRepository,
  ],
  exports: [AskCoverage, CountingRules, CoverageFigures, CoverageScope, ProofsRepository, RecountEveryone, RecountPerson],
})
export class CoverageModule implements OnModuleInit {
  constructor(private readonly jobs: Jobs, private readonly everyone: RecountEveryone) {}

  onModuleInit(): void {
    this.jobs.handle('recount-coverage', async () => {
      await this.everyone.run();
    }, NIGHTLY);
  }
}
