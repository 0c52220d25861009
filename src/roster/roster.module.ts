import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgenciesModule } from '../agencies/index.js';
import { AddPerson } from './add-person.js';
import { AgencyChoices } from './agency-choices.js';
import { AmendPost } from './amend-post.js';
import { ApplyRosterPlan } from './apply-roster-plan.js';
import { ChangePost } from './change-post.js';
import { ConfirmRosterImport } from './confirm-roster-import.js';
import { DecideRosterRows } from './decide-roster-rows.js';
import { DeclareHeadcount } from './declare-headcount.js';
import { EditPerson } from './edit-person.js';
import { EndPost } from './end-post.js';
import { ExportRoster } from './export-roster.js';
import { ForgetImportReadings } from './forget-import-readings.js';
import { HeadcountDeclarationEntity } from './headcount-declaration.entity.js';
import { HeadcountsController } from './headcounts.controller.js';
import { HeadcountsRepository } from './headcounts.repository.js';
import { IdentityKeeper } from './identity.js';
import { PeopleController } from './people.controller.js';
import { PeopleRepository } from './people.repository.js';
import { PersonPages } from './person-pages.js';
import { PersonEntity } from './person.entity.js';
import { PlanRosterImport } from './plan-roster-import.js';
import { PostBook } from './post-book.js';
import { PostEntity } from './post.entity.js';
import { PostsController } from './posts.controller.js';
import { PreviewRosterImport } from './preview-roster-import.js';
import { ProfileReportEntity } from './profile-report.entity.js';
import { ProfileReportsRepository } from './profile-reports.repository.js';
import { ProfileController } from './profile.controller.js';
import { ReportProfile } from './report-profile.js';
import { RosterImportEntity, RosterImportRowEntity } from './roster-import.entity.js';
import { RosterImportsApiController } from './roster-imports.api.controller.js';
import { RosterImportsController } from './roster-imports.controller.js';
import { RosterImports } from './roster-imports.js';
import { RosterImportsRepository } from './roster-imports.repository.js';
import { RosterKnowledgeReader } from './roster-knowledge.js';
import { RosterList } from './roster-list.js';
import { RosterQueries } from './roster-queries.js';
import { RosterApiController } from './roster.api.controller.js';
import { RosterController } from './roster.controller.js';
import { Roster } from './roster.js';
import { SetLeave } from './set-leave.js';
import { SettleProfileReport } from './settle-profile-report.js';
import { TransferPost } from './transfer-post.js';

const READS = [
  Roster,
  RosterList,
  RosterQueries,
  RosterImports,
  PersonPages,
  AgencyChoices,
  RosterKnowledgeReader,
  PlanRosterImport,
];
const TABLES = [
  PeopleRepository,
  PostBook,
  RosterImportsRepository,
  ProfileReportsRepository,
  HeadcountsRepository,
  IdentityKeeper,
];
const WRITES = [
  PreviewRosterImport,
  DecideRosterRows,
  ConfirmRosterImport,
  ApplyRosterPlan,
  AddPerson,
  EditPerson,
  AmendPost,
  ChangePost,
  EndPost,
  SetLeave,
  TransferPost,
  ReportProfile,
  SettleProfileReport,
  DeclareHeadcount,
  ExportRoster,
  ForgetImportReadings,
];

@Module({
  imports: [
    AgenciesModule,
    TypeOrmModule.forFeature([
      PersonEntity,
      PostEntity,
      HeadcountDeclarationEntity,
      RosterImportEntity,
      RosterImportRowEntity,
      ProfileReportEntity,
    ]),
  ],
  controllers: [
    RosterController,
    RosterApiController,
    RosterImportsController,
    RosterImportsApiController,
    PeopleController,
    PostsController,
    ProfileController,
    HeadcountsController,
  ],
  providers: [...READS, ...TABLES, ...WRITES],
  exports: [Roster, RosterImports, PreviewRosterImport, ConfirmRosterImport, DeclareHeadcount],
})
export class RosterModule {}
