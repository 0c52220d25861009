import type { CivilDate } from './civil-date.js';
import { searchable } from './names.js';
import { periodOf } from './roster-posts.js';
import type { RosterReading } from './roster-reading.js';
import type { Change, KnownPerson, KnownPost, PersonData, PlannedRosterRow, RosterKnowledge } from './roster-terms.js';
import { greatest, least } from './timeline.js';

interface Holding { personId: number; from: CivilDate; to: CivilDate; line?: number }

/**
 * The people that a roster file may mean: those known, and those that its rows add (ids below 0). Found by national
 * number, by staff code within an agency, by name. Used by rules/roster-plan, row by row, in the order of the file.
 */
export class RosterPeople {
  /** People whom the file adds. */
  readonly added = new Map<number, PersonData>();
  /** What is known of others, as the file changes it. */
  readonly changed = new Map<number, PersonData>();
  private readonly newLine = new Map<number, number>();
  private readonly newAgency = new Map<number, number>();
  private readonly saidIn = new Map<string, number>();
  private readonly byHash = new Map<string, number>();
  private readonly byStaffCode = new Map<string, Holding[]>();
  private readonly byName = new Map<string, Set<number>>();
  private readonly ofPerson = new Map<number, KnownPost[]>();
  private nextPerson = -1;

  constructor(private readonly known: RosterKnowledge) {
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
  }

  data(id: number): PersonData {
    return this.changed.get(id) ?? this.added.get(id) ?? (this.known.people.get(id) as KnownPerson);
  }

  postsOf(personId: number): readonly KnownPost[] {
    return this.ofPerson.get(personId) ?? [];
  }

  /** The row that added a person. */
  lineOf(personId: number): number | undefined {
    return this.newLine.get(personId);
  }

  byNumber({ nationalIdHash }: RosterReading): number | undefined {
    return nationalIdHash ? this.byHash.get(nationalIdHash) : undefined;
  }

  /** Who holds the row's staff code at the agency during the row's time. */
  holderOf(reading: RosterReading, agencyId: number): Holding | undefined {
    if (!reading.staffCode) return undefined;
    const { from, to } = periodOf(reading, this.known.today);
    return this.byStaffCode
      .get(`${agencyId} ${reading.staffCode}`)
      ?.find((held) => greatest(held.from, from) < least(held.to, to));
  }

  /** Everybody whom a row that cannot be read may mean. */
  maybeMeant(reading: RosterReading, agencyId: number | null): number[] {
    const byCode = agencyId === null ? undefined : this.holderOf(reading, agencyId)?.personId;
    return [this.byNumber(reading), byCode, ...(this.byName.get(searchable(reading.fullName)) ?? [])]
      .filter((id) => id !== undefined);
  }

  /**
   * People of the same name who may be the same: born the same day, or at the same agency where a birthday is not
   * known.
   */
  candidates(reading: RosterReading, agencyId: number): number[] {
    return [...(this.byName.get(searchable(reading.fullName)) ?? [])].filter((id) => {
      const person = this.data(id);
      if (reading.nationalIdHash && person.nationalIdHash) return false;
      if (reading.birthDate && person.birthDate) return reading.birthDate === person.birthDate;
      return id < 0
        ? this.newAgency.get(id) === agencyId
        : this.postsOf(id).some((post) => post.agencyId === agencyId);
    });
  }

  /** @returns the id of the new person, below 0 */
  add(reading: RosterReading, agencyId: number): number {
    const id = this.nextPerson--;
    this.added.set(id, {
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
  claim(reading: RosterReading, agencyId: number, personId: number): void {
    if (reading.nationalIdHash) this.byHash.set(reading.nationalIdHash, personId);
    if (reading.staffCode)
      push(this.byStaffCode, `${agencyId} ${reading.staffCode}`, {
        personId,
        ...periodOf(reading, this.known.today),
        line: reading.line,
      });
  }

  /** What the row says of the person that is not so yet; what is not the importer's to change is noted and left. */
  changes(reading: RosterReading, personId: number, row: PlannedRosterRow): Change[] {
    if (personId < 0 && this.newLine.get(personId) === reading.line) return [];
    const before = this.data(personId);
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

  /** Takes over what the row says and keeps what it leaves open. */
  change(reading: RosterReading, personId: number): void {
    const before = this.data(personId);
    (personId < 0 ? this.added : this.changed).set(personId, {
      fullName: reading.fullName,
      birthDate: reading.birthDate ?? before.birthDate,
      email: reading.email || before.email,
      phone: reading.phone || before.phone,
      nationalIdHash: before.nationalIdHash ?? reading.nationalIdHash,
      nationalIdTail: before.nationalIdTail ?? reading.nationalIdTail,
    });
  }

  /** A later row that says something else about the same person is found out. */
  remember(reading: RosterReading, personId: number): void {
    const said = {
      fullName: reading.fullName,
      birthDate: reading.birthDate,
      email: reading.email,
      phone: reading.phone,
    };
    for (const [field, value] of Object.entries(said)) if (value) this.saidIn.set(`${personId} ${field}`, reading.line);
  }

  private nameIndex(name: string): Set<number> {
    const set = this.byName.get(name) ?? new Set();
    this.byName.set(name, set);
    return set;
  }
}

/** Adds to the list that a map holds under a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
