export type { AssignmentMarked } from './assignments.facts.js';
export { AssignmentsModule } from './assignments.module.js';
export { HandInAssignment, type HandedIn, type Learner } from './hand-in-assignment.js';
export { MarkAssignment, type Marked } from './mark-assignment.js';
