import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CoursesModule } from '../courses/index.js';
import { StudyModule } from '../study/index.js';
import { AssignmentDraftEntity } from './assignment-draft.entity.js';
import { AssignmentMarkingEntity } from './assignment-marking.entity.js';
import { AssignmentSubmissionEntity } from './assignment-submission.entity.js';
import { AssignmentsApiController } from './assignments.api.controller.js';
import { AssignmentsController } from './assignments.controller.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { HandInAssignment } from './hand-in-assignment.js';
import { MarkAssignment } from './mark-assignment.js';
import { MarkingApiController } from './marking.api.controller.js';
import { MarkingController } from './marking.controller.js';
import { MarkingRepository } from './marking.repository.js';
import { ReadAssignment } from './read-assignment.js';
import { ReadMarking } from './read-marking.js';
import { SaveDraft } from './save-draft.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AssignmentDraftEntity, AssignmentSubmissionEntity, AssignmentMarkingEntity]),
    CoursesModule, StudyModule,
  ],
  controllers: [AssignmentsController, AssignmentsApiController, MarkingController, MarkingApiController],
  providers: [
    AssignmentsRepository, MarkingRepository, ReadAssignment, ReadMarking, SaveDraft, HandInAssignment, MarkAssignment,
  ],
  exports: [HandInAssignment, MarkAssignment],
})
export class AssignmentsModule {}
