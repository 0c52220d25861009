import type { RowProblem } from './agency-import.js';
import type { CivilDate } from './civil-date.js';
import type { TargetGroup } from './target-groups.js';
import type { Piece } from './timeline.js';

/** The words in which rules/roster-plan is asked and answers. */
export interface PostFacts {
  staffCode: string | null;
  positionTitle: string;
  targetGroup: TargetGroup;
  onLeave: boolean;
}

export interface KnownPerson {
  id: number;
  fullName: string;
  birthDate: CivilDate | null;
  email: string | null;
  phone: string | null;
  nationalIdHash: string | null;
  nationalIdTail: string | null;
  /** Holds a post outside the importer's part of the tree too: who they are is not the importer's to change. */
  locked: boolean;
}

export interface KnownPost {
  postId: number;
  personId: number;
  agencyId: number;
  pieces: readonly Piece<PostFacts>[];
}

export interface RosterKnowledge {
  today: CivilDate;
  /** `complete`: who is absent from the file is leaving. */
  mode: 'update' | 'complete';
  /** Every agency that holds or held a code of the file. */
  agencies: readonly { id: number; code: string; from: CivilDate; to: CivilDate }[];
  /** The agencies that this import may touch. */
  inScope: ReadonlySet<number>;
  people: ReadonlyMap<number, KnownPerson>;
  posts: readonly KnownPost[];
}

/** What somebody decided about a row of which only the name agreed. */
export type Decision = { same: number } | 'new' | 'skip';

export type RosterOutcome = 'new' | 'changed' | 'unchanged' | 'leaving' | 'duplicate' | 'error';

export interface Change {
  field:
    | 'fullName'
    | 'birthDate'
    | 'email'
    | 'phone'
    | 'nationalId'
    | 'staffCode'
    | 'positionTitle'
    | 'group'
    | 'from'
    | 'to';
  before: string;
  after: string;
}

export interface PlannedRosterRow {
  /** Of the file; negative for those who are leaving, whom the file does not have. */
  line: number;
  outcome: RosterOutcome;
  problems: RowProblem[];
  changes: Change[];
  /** People who may be meant. */
  candidates: number[];
  /** Negative: a person that is new with this file. */
  personId: number | null;
  postId: number | null;
  agencyId: number | null;
  /** Which entry of the plan's posts this row writes. */
  write: number | null;
}

export type PersonData = Omit<KnownPerson, 'id' | 'locked'>;

export interface PostToWrite {
  /** null: a new post. */
  postId: number | null;
  personId: number;
  agencyId: number;
  wanted: Piece<PostFacts>[];
}

export interface RosterPlan {
  rows: PlannedRosterRow[];
  newPeople: Map<number, PersonData>;
  changedPeople: Map<number, PersonData>;
  posts: PostToWrite[];
}
