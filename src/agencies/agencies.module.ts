import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgenciesApiController } from './agencies.api.controller.js';
import { AgenciesController } from './agencies.controller.js';
import { Agencies } from './agencies.js';
import { AgenciesRepository } from './agencies.repository.js';
import { AgencyClosureEntity } from './agency-closure.entity.js';
import { AgencyEdgeEntity } from './agency-edge.entity.js';
import { AgencyImportEntity } from './agency-import.entity.js';
import { AgencyImportsApiController } from './agency-imports.api.controller.js';
import { AgencyImportsController } from './agency-imports.controller.js';
import { AgencyImports } from './agency-imports.js';
import { AgencyImportsRepository } from './agency-imports.repository.js';
import { AgencyTree } from './agency-tree.js';
import { AgencyVersionEntity } from './agency-version.entity.js';
import { AgencyEntity } from './agency.entity.js';
import { ConfirmAgenciesImport } from './confirm-agencies-import.js';
import { LoadBaseAgencies } from './load-base-agencies.js';
import { PreviewAgenciesImport } from './preview-agencies-import.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      AgencyEntity,
      AgencyVersionEntity,
      AgencyEdgeEntity,
      AgencyClosureEntity,
      AgencyImportEntity,
    ]),
  ],
  controllers: [AgencyImportsController, AgencyImportsApiController, AgenciesController, AgenciesApiController],
  providers: [
    Agencies,
    AgenciesRepository,
    AgencyTree,
    AgencyImports,
    AgencyImportsRepository,
    LoadBaseAgencies,
    PreviewAgenciesImport,
    ConfirmAgenciesImport,
  ],
  exports: [Agencies, AgencyImports, AgencyTree, LoadBaseAgencies, PreviewAgenciesImport, ConfirmAgenciesImport],
})
export class AgenciesModule {}
