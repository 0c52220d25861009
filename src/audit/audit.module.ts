import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/index.js';
import { AuditApiController } from './audit.api.controller.js';
import { AuditController } from './audit.controller.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { ExportAudit } from './export-audit.js';
import { ReadAudit } from './read-audit.js';

@Module({
  imports: [AgenciesModule],
  controllers: [AuditController, AuditApiController],
  providers: [AuditEntriesRepository, ReadAudit, ExportAudit],
})
export class AuditModule {}
