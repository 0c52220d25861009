import { Injectable } from '@nestjs/common';
import { AcceptNotice, CreateAccounts, GrantRole, Passwords } from '../access/index.js';
import { Agencies, ROOT_CODE } from '../agencies/index.js';
import { RecogniseLearning, type LearningToRecognise } from '../certificates/index.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { Roster } from '../roster/index.js';
import { addDays, addMonths, startOfDay, type CivilDate } from '../rules/civil-date.js';
import { randomFrom, seedOf } from '../rules/random.js';
import { inventPeople, type InventedPerson, type Staffed } from './invented-people.js';
import { TRIAL_ACCOUNTS, TRIAL_PROVINCE, type TrialAccount } from './trial-accounts.js';

const POSTS_SINCE: CivilDate = '2025-07-01';
const MEASURED = new Set(['communication', 'grassroots-information', 'external-information']);
const VALIDITY_MONTHS = 36;

/** The invented people, what they had learned elsewhere, and the accounts for a first look. */
@Injectable()
export class TrialPeople {
  constructor(
    private readonly roster: Roster,
    private readonly agencies: Agencies,
    private readonly recognise: RecogniseLearning,
    private readonly createAccounts: CreateAccounts,
    private readonly grantRole: GrantRole,
    private readonly acceptNotice: AcceptNotice,
    private readonly passwords: Passwords,
  ) {}

  /** @returns how many people were invented */
  async load(tx: Tx, places: readonly Staffed[], today: CivilDate, now: Date): Promise<number> {
    const people = places.flatMap((place) => inventPeople(place, POSTS_SINCE));
    const recordedAt = startOfDay(POSTS_SINCE);
    const ids = await this.roster.addPeople(tx, people.map(({ group: _g, agencyId: _a, luck: _l, ...person }) => person), recordedAt);
    const zeal = zealOf(places);
    const learned = people.flatMap((person, index) => learnedElsewhere(person, ids[index] as number, zeal, today));
    await this.recognise.many(tx, learned, now);
    return people.length;
  }

  async loadAccounts(tx: Tx, password: string, today: CivilDate, now: Date): Promise<void> {
    const commune = await this.someCommune(tx);
    const passwordHash = await this.passwords.hash(password);
    const accounts = TRIAL_ACCOUNTS.map((account) => ({ ...account, agency: account.agency || commune }));
    const agencyIds = new Map<string, number>();
    for (const code of new Set([ROOT_CODE, ...accounts.flatMap((account) => [account.agency, ...account.roles.map((role) => role.agency)])])) {
      const agency = await this.agencies.findByCode(tx, code, today);
      if (!agency) throw new Error(`The trial country has no agency ${code}.`);
      agencyIds.set(code, agency.id);
    }
    const personIds = await this.roster.addPeople(tx, accounts.map((account) => ({
      fullName: account.fullName, email: `${account.username}@example.vn`, posts: [{
        agencyId: agencyIds.get(account.agency) as number, positionTitle: account.title, targetGroup: account.group, from: POSTS_SINCE,
      }],
    })), startOfDay(POSTS_SINCE));
    const created = await this.createAccounts.run(tx, accounts.map((account, index) => ({
      personId: personIds[index] as number, fullName: account.fullName, username: account.username, passwordHash,
    })), { by: null, now });
    for (const account of created) {
      await this.grant(tx, accounts, account, agencyIds, now);
      await this.acceptNotice.record(tx, account.id, now);
    }
    await this.recogniseHocvien(tx, personIds[0] as number, now);
  }

  private async grant(
    tx: Tx, accounts: readonly TrialAccount[], created: { id: number; username: string }, agencyIds: Map<string, number>, now: Date,
  ): Promise<void> {
    for (const { role, agency } of accounts.find((account) => account.username === created.username)?.roles ?? []) {
      await this.grantRole.run(tx, { accountId: created.id, role, agencyId: agencyIds.get(agency) as number, by: null, now });
    }
  }

  /** Twenty periods of K1 and sixteen of K2: six more of K1 (course B2) and she is counted. */
  private async recogniseHocvien(tx: Tx, personId: number, now: Date): Promise<void> {
    const common = { personId, from: '2026-03-20', to: addMonths('2026-03-20', VALIDITY_MONTHS), decidedBy: null };
    await this.recognise.run(tx, {
      ...common, criterion: 'K1', periods: 20, title: 'Lớp bồi dưỡng kỹ năng truyền thông số (dữ liệu dùng thử)',
      evidence: 'Giấy chứng nhận dùng thử số 01',
    }, now);
    await this.recognise.run(tx, {
      ...common, criterion: 'K2', periods: 16, title: 'Lớp bồi dưỡng kiến thức khoa học, công nghệ (dữ liệu dùng thử)',
      evidence: 'Giấy chứng nhận dùng thử số 02',
    }, now);
  }

  private async someCommune(tx: Tx): Promise<string> {
    const [commune] = await rows<{ code: string }>(tx,
      `SELECT v.code FROM agency_version v JOIN agency_version p ON p.agency_id = v.parent_id AND p.superseded_at = 'infinity'
        WHERE v.superseded_at = 'infinity' AND v.type = 'commune' AND p.code = $1 ORDER BY v.code LIMIT 1`, [TRIAL_PROVINCE]);
    if (!commune) throw new Error('The trial province has no commune.');
    return commune.code;
  }
}

/** How eager each part of the country is, so that the map has something to tell. */
function zealOf(places: readonly Staffed[]): Map<number, number> {
  return new Map(places.map((place) => {
    const whole = randomFrom(seedOf(`zeal ${place.parent}`))();
    const own = randomFrom(seedOf(`zeal ${place.code}`))();
    return [place.agencyId, Math.min(0.97, Math.max(0.04, 0.08 + whole * 0.78 + (own - 0.5) * 0.2))];
  }));
}

/** What somebody had learned before: both criteria, the first only, or nothing. Spread over the last two years. */
function learnedElsewhere(person: InventedPerson, personId: number, zeal: Map<number, number>, today: CivilDate): LearningToRecognise[] {
  const share = zeal.get(person.agencyId) ?? 0;
  if (!MEASURED.has(person.group) || person.luck > share + 0.14) return [];
  const from = addDays(today, -Math.floor(20 + randomFrom(seedOf(`when ${personId}`))() * 700));
  const learning = (criterion: string, periods: number, title: string): LearningToRecognise => ({
    personId, criterion, periods, title: `${title} (dữ liệu dùng thử)`, evidence: 'Giấy chứng nhận dùng thử',
    from, to: addMonths(from, VALIDITY_MONTHS), decidedBy: null,
  });
  const digital = learning('K1', 24, 'Lớp bồi dưỡng kỹ năng truyền thông số');
  return person.luck > share ? [digital] : [digital, learning('K2', 16, 'Lớp bồi dưỡng kiến thức khoa học, công nghệ')];
}
