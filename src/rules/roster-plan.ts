import type { RowProblem } from './agency-import.js';
import type { CivilDate } from './civil-date.js';
import { searchable } from './names.js';
import { push, RosterPeople } from './roster-people.js';
import { periodOf, postChanges, timelineOf } from './roster-posts.js';
import type { RosterReading } from './roster-reading.js';
import type { Decision, KnownPost, PlannedRosterRow, PostToWrite, RosterKnowledge, RosterPlan } from './roster-terms.js';
import type { TargetGroup } from './target-groups.js';
import { greatest, least, pieceOn, revise, same } from './timeline.js';

export type * from './roster-terms.js';

/**
 * What a roster file would do: who is meant by each row, which post, and what changes. Pure: the rows and what is known
 * in, outcomes and what to write out. People are matched by national number, then by staff code within the agency;
 * where only a name agrees, a person decides.
 */
export function planRoster(
  readings: readonly RosterReading[],
  known: RosterKnowledge,
  decisions: ReadonlyMap<number, Decision> = new Map(),
): RosterPlan {
  return new Planner(readings, known, decisions).plan();
}

interface Meant {
  reading: RosterReading;
  row: PlannedRosterRow;
  agencyId: number;
  personId: number;
  /** By name alone: taken only if nothing at all would change. */
  byName: boolean;
}

class Planner {
  private readonly people: RosterPeople;
  private readonly posts: PostToWrite[] = [];
  private readonly agencies = new Map<string, { id: number; from: CivilDate; to: CivilDate }[]>();
  private readonly takenPosts = new Map<number, number>();
  private readonly newPosts = new Map<string, number>();
  /** People whom a faulty or undecided row may mean: never counted as leaving. */
  private readonly spared = new Set<number>();

  constructor(
    private readonly readings: readonly RosterReading[], private readonly known: RosterKnowledge,
    private readonly decisions: ReadonlyMap<number, Decision>,
  ) {
    this.people = new RosterPeople(known);
    for (const { code, ...agency } of known.agencies) push(this.agencies, code, agency);
  }

  plan(): RosterPlan {
    const meant: Meant[] = [];
    const rows = this.readings.map((reading): PlannedRosterRow => {
      const row: PlannedRosterRow = {
        line: reading.line, outcome: 'error', problems: [...reading.problems], changes: [], candidates: [],
        personId: null, postId: null, agencyId: null, write: null,
      };
      const agencyId = this.agencyOf(reading, row);
      row.agencyId = agencyId;
      if (row.problems.length > 0 || agencyId === null) this.spare(this.people.maybeMeant(reading, agencyId));
      else {
        const found = this.personOf(reading, agencyId, row);
        if (!found) return row;
        meant.push({ reading, row, agencyId, ...found });
        // What only a name vouches for proves nothing about a number or a code.
        if (!found.byName) this.people.claim(reading, agencyId, found.personId);
      }
      return row;
    });
    this.decidePosts(meant);
    const leaving = this.leaving();
    // A new person whose only row turned out faulty is not added.
    const held = new Set(this.posts.map((post) => post.personId));
    const newPeople = new Map([...this.people.added].filter(([id]) => held.has(id)));
    return { rows: [...rows, ...leaving], newPeople, changedPeople: this.people.changed, posts: this.posts };
  }

  /** The code is read as of today, or as of the row's own time where that is over or has not begun. */
  private agencyOf(reading: RosterReading, row: PlannedRosterRow): number | null {
    const { today } = this.known;
    const ended = reading.to !== null && reading.to <= today;
    const day = ended ? (reading.from ?? today) : reading.from !== null && reading.from > today ? reading.from : today;
    const holders = this.agencies.get(reading.agencyCode) ?? [];
    const agency = pieceOn(holders, day) ?? pieceOn(holders, today);
    if (!agency)
      row.problems.push({ column: 'agency_code', code: 'agency-unknown', params: { code: reading.agencyCode } });
    else if (!this.known.inScope.has(agency.id))
      row.problems.push({ column: 'agency_code', code: 'agency-out-of-scope' });
    else return agency.id;
    return null;
  }

  private personOf(
    reading: RosterReading,
    agencyId: number,
    row: PlannedRosterRow,
  ): { personId: number; byName: boolean } | null {
    const fail = (column: string, code: string, params?: RowProblem['params']) => {
      row.problems.push({ column, code, ...(params ? { params } : {}) });
      this.spare(this.people.maybeMeant(reading, agencyId));
      return null;
    };
    const byNumber = this.people.byNumber(reading);
    const holder = this.people.holderOf(reading, agencyId);
    if (byNumber !== undefined) {
      if (holder !== undefined && holder.personId !== byNumber)
        return fail('staff_code', 'staff-code-taken', { code: reading.staffCode });
      return { personId: byNumber, byName: false };
    }
    const decision = this.decisions.get(reading.line);
    if (holder !== undefined) {
      const person = this.people.data(holder.personId);
      const otherNumber =
        reading.nationalIdHash && person.nationalIdHash && person.nationalIdHash !== reading.nationalIdHash;
      if (otherNumber || decision === 'new') {
        return fail('staff_code', holder.line === undefined ? 'staff-code-taken' : 'row-repeated', {
          code: reading.staffCode,
          line: holder.line ?? 0,
        });
      }
      const sameName = searchable(person.fullName) === searchable(reading.fullName);
      const sameBirth = reading.birthDate !== null && person.birthDate === reading.birthDate;
      const decided = typeof decision === 'object' && decision.same === holder.personId;
      if (sameName || sameBirth || decided) return { personId: holder.personId, byName: false };
      return this.undecided(reading, row, [holder.personId], decision, 'staff-code-other-name');
    }
    const candidates = this.people.candidates(reading, agencyId);
    // A decision can be changed until the import is confirmed, so who was to choose from stays.
    if (decision !== undefined) row.candidates = candidates.filter((id) => id > 0);
    if (decision === 'new') return { personId: this.people.add(reading, agencyId), byName: false };
    if (typeof decision === 'object' && candidates.includes(decision.same))
      return { personId: decision.same, byName: false };
    if (candidates.length === 0) return { personId: this.people.add(reading, agencyId), byName: false };
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined && only > 0 && decision === undefined) {
      row.candidates = candidates;
      return { personId: only, byName: true };
    }
    return this.undecided(reading, row, candidates, decision, 'person-uncertain');
  }

  private undecided(
    reading: RosterReading,
    row: PlannedRosterRow,
    candidates: number[],
    decision: Decision | undefined,
    code: string,
  ): null {
    row.outcome = 'duplicate';
    row.candidates = candidates.filter((id) => id > 0);
    const earlier = candidates.find((id) => id < 0);
    if (decision === 'skip') row.problems.push({ code: 'row-skipped' });
    else if (earlier !== undefined)
      row.problems.push({
        column: 'full_name',
        code: 'row-same-person',
        params: { line: this.people.lineOf(earlier) ?? 0 },
      });
    else row.problems.push({ column: code === 'staff-code-other-name' ? 'staff_code' : 'full_name', code });
    this.spare(candidates);
    return null;
  }

  /** Posts are decided when all people are known: two rows of one person may be two posts of theirs. */
  private decidePosts(meant: Meant[]): void {
    const groups = new Map<string, Set<TargetGroup>>();
    for (const { personId, agencyId, reading } of meant) {
      const key = `${personId} ${agencyId}`;
      const set = groups.get(key) ?? new Set();
      set.add(reading.group as TargetGroup);
      groups.set(key, set);
    }
    for (const one of meant) this.decidePost(one, groups.get(`${one.personId} ${one.agencyId}`) ?? new Set());
  }

  private decidePost({ reading, row, agencyId, personId, byName }: Meant, groups: ReadonlySet<TargetGroup>): void {
    const identity = this.people.changes(reading, personId, row);
    const post = this.postOf(reading, agencyId, personId, groups, row);
    if (row.problems.some((problem) => problem.code !== 'identity-kept')) {
      this.spared.add(personId);
      if (byName) row.outcome = 'duplicate';
      return;
    }
    const { pieces, wanted } = timelineOf(reading, post, this.known.today);
    if (!post && wanted.length === 0) {
      row.problems.push({ column: 'from', code: 'required' });
      row.outcome = 'error';
      return;
    }
    const changes = [...identity, ...(post ? postChanges(pieces, wanted) : [])];
    if (byName && (!post || changes.length > 0)) {
      this.undecided(reading, row, [personId], undefined, 'person-uncertain');
      return;
    }
    row.personId = personId;
    row.postId = post?.postId ?? null;
    row.changes = changes;
    if (byName) row.candidates = [];
    row.outcome = !post ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
    if (post) this.takenPosts.set(post.postId, reading.line);
    else this.newPosts.set(`${personId} ${agencyId} ${reading.group}`, reading.line);
    if (identity.length > 0) this.people.change(reading, personId);
    this.people.remember(reading, personId);
    if (!post || !same(pieces, wanted))
      row.write = this.posts.push({ postId: post?.postId ?? null, personId, agencyId, wanted }) - 1;
  }

  /**
   * The post of this person at this agency that the row means, if any. Marks the row when it is meant twice or cannot
   * be told.
   */
  private postOf(
    reading: RosterReading,
    agencyId: number,
    personId: number,
    groups: ReadonlySet<TargetGroup>,
    row: PlannedRosterRow,
  ): KnownPost | undefined {
    const { from, to } = periodOf(reading, this.known.today);
    const here = this.people.postsOf(personId).filter((post) => post.agencyId === agencyId
      && post.pieces.some((piece) => greatest(piece.from, from) < least(piece.to, to)));
    const groupOf = (post: KnownPost) => (pieceOn(post.pieces, from) ?? post.pieces.at(-1))?.facts.targetGroup;
    const titleOf = (post: KnownPost) => (pieceOn(post.pieces, from) ?? post.pieces.at(-1))?.facts.positionTitle;
    const repeated = (line: number) => {
      row.outcome = 'duplicate';
      row.problems.push({ code: 'row-repeated', params: { line } });
      return undefined;
    };
    const alike = here.filter((post) => groupOf(post) === reading.group);
    const free = alike.filter((post) => !this.takenPosts.has(post.postId));
    const chosen = free.find((post) => titleOf(post) === reading.positionTitle) ?? free[0];
    if (chosen) return chosen;
    const [taken] = alike;
    if (taken) return repeated(this.takenPosts.get(taken.postId) ?? 0);
    const made = this.newPosts.get(`${personId} ${agencyId} ${reading.group}`);
    if (made !== undefined) return repeated(made);
    // A post of another group changes its group, unless the file has a row for that group too.
    const others = here.filter(
      (post) => !this.takenPosts.has(post.postId) && !groups.has(groupOf(post) as TargetGroup),
    );
    if (others.length > 1) row.problems.push({ column: 'group', code: 'post-uncertain' });
    return others.length === 1 ? others[0] : undefined;
  }

  /** Posts under the agency that go on and that no row means. They end today. */
  private leaving(): PlannedRosterRow[] {
    if (this.known.mode !== 'complete') return [];
    const { today } = this.known;
    const rows: PlannedRosterRow[] = [];
    for (const { postId, personId, agencyId, pieces } of this.known.posts) {
      if (!this.known.inScope.has(agencyId) || this.takenPosts.has(postId) || this.spared.has(personId)) continue;
      const end = pieces.at(-1)?.to ?? today;
      if (end <= today) continue;
      const write = this.posts.push({ postId, personId, agencyId, wanted: revise(pieces, today, end, () => null) }) - 1;
      rows.push({
        line: -1 - rows.length,
        outcome: 'leaving',
        problems: [],
        changes: [],
        candidates: [],
        personId,
        postId,
        agencyId,
        write,
      });
    }
    return rows;
  }

  private spare(people: Iterable<number>): void {
    for (const id of people) this.spared.add(id);
  }
}
