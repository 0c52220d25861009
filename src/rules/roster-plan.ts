import type { RowProblem } from './agency-import.js';
import type { CivilDate } from './civil-date.js';
import { searchable } from './names.js';
import { periodOf, postChanges, timelineOf } from './roster-posts.js';
import type { RosterReading } from './roster-reading.js';
import type {
  Change, Decision, KnownPerson, KnownPost, PersonData, PlannedRosterRow, PostToWrite, RosterKnowledge, RosterPlan,
} from './roster-terms.js';
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
  private readonly newPeople = new Map<number, PersonData>();
  private readonly newLine = new Map<number, number>();
  private readonly newAgency = new Map<number, number>();
  private readonly changedPeople = new Map<number, PersonData>();
  private readonly saidIn = new Map<string, number>();
  private readonly posts: PostToWrite[] = [];
  private readonly byHash = new Map<string, number>();
  private readonly byStaffCode = new Map<
    string,
    { personId: number; from: CivilDate; to: CivilDate; line?: number }[]
  >();
  private readonly byName = new Map<string, Set<number>>();
  private readonly ofPerson = new Map<number, KnownPost[]>();
  private readonly agencies = new Map<string, { id: number; from: CivilDate; to: CivilDate }[]>();
  private readonly takenPosts = new Map<number, number>();
  private readonly newPosts = new Map<string, number>();
  /** People whom a faulty or undecided row may mean: never counted as leaving. */
  private readonly spared = new Set<number>();
  private nextPerson = -1;

  constructor(
    private readonly readings: readonly RosterReading[], private readonly known: RosterKnowledge,
    private readonly decisions: ReadonlyMap<number, Decision>,
  ) {
    for (const { id, nationalIdHash } of known.people.values()) if (nationalIdHash) this.byHash.set(nationalIdHash, id);
    for (const post of known.posts) {
      push(this.ofPerson, post.personId, post);
      for (const { from, to, facts } of post.pieces) {
        if (facts.staffCode)
          push(this.byStaffCode, `${post.agencyId} ${facts.staffCode}`, { personId: post.personId, from, to });
      }
      const person = known.people.get(post.personId);
      if (person && known.inScope.has(post.agencyId)) this.nameIndex(searchable(person.fullName)).add(person.id);
    }
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
      if (row.problems.length > 0 || agencyId === null) this.spare(reading, agencyId);
      else {
        const found = this.personOf(reading, agencyId, row);
        if (!found) return row;
        meant.push({ reading, row, agencyId, ...found });
        // What only a name vouches for proves nothing about a number or a code.
        if (!found.byName) this.claim(reading, agencyId, found.personId);
      }
      return row;
    });
    this.decidePosts(meant);
    const leaving = this.leaving();
    // A new person whose only row turned out faulty is not added.
    const held = new Set(this.posts.map((post) => post.personId));
    const newPeople = new Map([...this.newPeople].filter(([id]) => held.has(id)));
    return { rows: [...rows, ...leaving], newPeople, changedPeople: this.changedPeople, posts: this.posts };
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
      this.spare(reading, agencyId);
      return null;
    };
    const byNumber = reading.nationalIdHash ? this.byHash.get(reading.nationalIdHash) : undefined;
    const holder = reading.staffCode ? this.holderOf(reading, agencyId) : undefined;
    if (byNumber !== undefined) {
      if (holder !== undefined && holder.personId !== byNumber)
        return fail('staff_code', 'staff-code-taken', { code: reading.staffCode });
      return { personId: byNumber, byName: false };
    }
    const decision = this.decisions.get(reading.line);
    if (holder !== undefined) {
      const person = this.personData(holder.personId);
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
    const candidates = this.candidates(reading, agencyId);
    // A decision can be changed until the import is confirmed, so who was to choose from stays.
    if (decision !== undefined) row.candidates = candidates.filter((id) => id > 0);
    if (decision === 'new') return { personId: this.addPerson(reading, agencyId), byName: false };
    if (typeof decision === 'object' && candidates.includes(decision.same))
      return { personId: decision.same, byName: false };
    if (candidates.length === 0) return { personId: this.addPerson(reading, agencyId), byName: false };
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
        params: { line: this.newLine.get(earlier) ?? 0 },
      });
    else row.problems.push({ column: code === 'staff-code-other-name' ? 'staff_code' : 'full_name', code });
    for (const id of candidates) this.spared.add(id);
    return null;
  }

  /**
   * People of the same name who may be the same: born the same day, or at the same agency where a birthday is not
   * known.
   */
  private candidates(reading: RosterReading, agencyId: number): number[] {
    return [...(this.byName.get(searchable(reading.fullName)) ?? [])].filter((id) => {
      const person = this.personData(id);
      if (reading.nationalIdHash && person.nationalIdHash) return false;
      if (reading.birthDate && person.birthDate) return reading.birthDate === person.birthDate;
      return id < 0
        ? this.newAgency.get(id) === agencyId
        : (this.ofPerson.get(id) ?? []).some((post) => post.agencyId === agencyId);
    });
  }

  private addPerson(reading: RosterReading, agencyId: number): number {
    const id = this.nextPerson--;
    this.newPeople.set(id, {
      fullName: reading.fullName,
      birthDate: reading.birthDate,
      email: reading.email || null,
      phone: reading.phone || null,
      nationalIdHash: reading.nationalIdHash,
      nationalIdTail: reading.nationalIdTail,
    });
    this.newLine.set(id, reading.line);
    this.newAgency.set(id, agencyId);
    this.nameIndex(searchable(reading.fullName)).add(id);
    return id;
  }

  /**
   * From here on the row's number and staff code are this person's: a later row that gives them to another is found
   * out.
   */
  private claim(reading: RosterReading, agencyId: number, personId: number): void {
    if (reading.nationalIdHash) this.byHash.set(reading.nationalIdHash, personId);
    if (reading.staffCode)
      push(this.byStaffCode, `${agencyId} ${reading.staffCode}`, {
        personId,
        ...periodOf(reading, this.known.today),
        line: reading.line,
      });
  }

  private holderOf(reading: RosterReading, agencyId: number) {
    const { from, to } = periodOf(reading, this.known.today);
    return this.byStaffCode
      .get(`${agencyId} ${reading.staffCode}`)
      ?.find((held) => greatest(held.from, from) < least(held.to, to));
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
    const identity = this.identityChanges(reading, personId, row);
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
    if (identity.length > 0) this.changePerson(reading, personId);
    this.remember(reading, personId);
    if (!post || !same(pieces, wanted))
      row.write = this.posts.push({ postId: post?.postId ?? null, personId, agencyId, wanted }) - 1;
  }

  /** What the row says of the person that is not so yet; what is not the importer's to change is noted and left. */
  private identityChanges(reading: RosterReading, personId: number, row: PlannedRosterRow): Change[] {
    if (personId < 0 && this.newLine.get(personId) === reading.line) return [];
    const before = this.personData(personId);
    const changes: Change[] = [];
    const compare = (field: Change['field'], old: string | null, now: string | null) => {
      if (now && now !== old) changes.push({ field, before: old ?? '', after: now });
    };
    compare('fullName', before.fullName, reading.fullName);
    compare('birthDate', before.birthDate, reading.birthDate);
    compare('email', before.email, reading.email);
    compare('phone', before.phone, reading.phone);
    if (reading.nationalIdHash && !before.nationalIdHash) compare('nationalId', '', `…${reading.nationalIdTail}`);
    if (changes.length === 0) return [];
    if (this.known.people.get(personId)?.locked) {
      row.problems.push({ code: 'identity-kept' });
      return [];
    }
    const contradicted = changes.filter((change) => change.before !== '')
      .map((change) => this.saidIn.get(`${personId} ${change.field}`)).find((line) => line !== undefined);
    if (contradicted !== undefined) {
      row.problems.push({ column: 'full_name', code: 'person-two-versions', params: { line: contradicted } });
      return [];
    }
    return changes;
  }

  private changePerson(reading: RosterReading, personId: number): void {
    const before = this.personData(personId);
    (personId < 0 ? this.newPeople : this.changedPeople).set(personId, {
      fullName: reading.fullName,
      birthDate: reading.birthDate ?? before.birthDate,
      email: reading.email || before.email,
      phone: reading.phone || before.phone,
      nationalIdHash: before.nationalIdHash ?? reading.nationalIdHash,
      nationalIdTail: before.nationalIdTail ?? reading.nationalIdTail,
    });
  }

  /** A later row that says something else about the same person is found out. */
  private remember(reading: RosterReading, personId: number): void {
    const said = {
      fullName: reading.fullName,
      birthDate: reading.birthDate,
      email: reading.email,
      phone: reading.phone,
    };
    for (const [field, value] of Object.entries(said)) if (value) this.saidIn.set(`${personId} ${field}`, reading.line);
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
    const here = (this.ofPerson.get(personId) ?? []).filter((post) => post.agencyId === agencyId
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

  private spare(reading: RosterReading, agencyId: number | null): void {
    const byNumber = reading.nationalIdHash ? this.byHash.get(reading.nationalIdHash) : undefined;
    const byCode = agencyId !== null && reading.staffCode ? this.holderOf(reading, agencyId)?.personId : undefined;
    for (const id of [byNumber, byCode, ...(this.byName.get(searchable(reading.fullName)) ?? [])])
      if (id !== undefined) this.spared.add(id);
  }

  private personData(id: number): PersonData {
    return this.changedPeople.get(id) ?? this.newPeople.get(id) ?? (this.known.people.get(id) as KnownPerson);
  }

  private nameIndex(name: string): Set<number> {
    const set = this.byName.get(name) ?? new Set();
    this.byName.set(name, set);
    return set;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
