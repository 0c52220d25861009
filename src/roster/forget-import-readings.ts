import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { RosterImportsRepository } from './roster-imports.repository.js';

/** Long enough to find out what a file did, in days. */
const KEPT_DAYS = 180;

/** Every night empties what old files said of people: outcomes and ids stay, names and dates go. */
@Injectable()
export class ForgetImportReadings implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly imports: RosterImportsRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('forget-import-readings', async () => { await this.run(); }, '10 19 * * *');
  }

  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
    return this.database.inTransaction((tx) => this.imports.forget(tx, before));
  }
}
