export { ConfirmRosterImport } from './confirm-roster-import.js';
export { DeclareHeadcount, type Headcount, type Measure } from './declare-headcount.js';
export type { Person } from './people.repository.js';
export { PreviewRosterImport } from './preview-roster-import.js';
export type { RosterChanged } from './roster.facts.js';
export { Roster, type CurrentPost, type NewPerson, type NewPost, type PostDescription } from './roster.js';
export { RosterModule } from './roster.module.js';
export { RosterImports } from './roster-imports.js';
