import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AgencyTree } from '../../src/agencies/index.js';
import { RecountEveryone } from '../../src/coverage/index.js';
import { RecountPerson } from '../../src/coverage/recount-person.js';
import { Database } from '../../src/platform/database/database.js';
import { one } from '../../src/platform/database/sql.js';
import { addDays, addMonths, FOREVER } from '../../src/rules/civil-date.js';
import type { FrozenClock } from '../support/frozen-clock.js';
import { completion, provingCourse, recognised, revoke } from './evidence.js';

/**
 * A made-up country with all that makes counting hard, written into the tables and remembered as plain lists. The tests
 * count the lists by hand, day by day and person by person, and share no code with what they test.
 */
export interface Dated { from: string; to: string; recordedAt: string; supersededAt: string }
export interface AgencyFact extends Dated { agencyId: number; parentId: number | null; type: string; code: string }
export interface PostFact extends Dated { personId: number; agencyId: number; group: string; onLeave: boolean }
export interface ProofFact extends Dated { personId: number; source: string; criterion: string; periods: number }
export interface Country { agencies: AgencyFact[]; posts: PostFact[]; proofs: ProofFact[]; personIds: number[]; nationId: number }

export const GROUPS = ['communication', 'grassroots-information', 'external-information', 'official'];
const BEGIN = '2025-07-01';
/** Instants at which something became known. The second is midnight in Viet Nam: no longer part of 10/03/2026. */
export const LEARNED = ['2025-07-02T01:00:00.000Z', '2026-03-10T17:00:00.000Z', '2026-06-30T16:59:59.999Z', '2026-10-05T08:30:00.000Z'];

/** mulberry32: the same seed makes the same country. */
export function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, often: (share: number) => next() < share, one: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}
type Chance = ReturnType<typeof chance>;

export async function randomCountry(app: NestFastifyApplication, clock: FrozenClock, seed: number, people = 120): Promise<Country> {
  const draw = chance(seed);
  const country: Country = { agencies: [], posts: [], proofs: [], personIds: [], nationId: 0 };
  await growTree(app, clock, draw, country);
  await fillPosts(app, draw, country, people);
  await giveEvidence(app, clock, draw, country);
  return country;
}

const later = (draw: Chance, from: string, days: number) => addDays(from, 1 + draw.below(days));

async function growTree(app: NestFastifyApplication, clock: FrozenClock, draw: Chance, country: Country): Promise<void> {
  const database = app.get(Database);
  const tree = app.get(AgencyTree);
  const plant = async (facts: Omit<AgencyFact, 'recordedAt' | 'supersededAt'>[], learned: string) => {
    clock.set(learned);
    await database.inTransaction(async (tx) => {
      await tree.write(tx, facts.map(({ agencyId, from, to, parentId, code, type }) => ({
        agencyId, from, to, facts: { code, nameVi: `Cơ quan ${code}`, nameEn: `Agency ${code}`, type: type as 'unit', parentId, legalBasis: null },
      })));
    });
    country.agencies.push(...facts.map((fact) => ({ ...fact, recordedAt: learned, supersededAt: FOREVER })));
  };
  const rebuild = (learned: string) => {
    clock.set(learned);
    return database.inTransaction((tx) => tree.rebuildClosure(tx));
  };
  const ids = await database.inTransaction((tx) => tree.newAgencies(tx, 40));
  const next = () => ids.shift() as number;
  const whole = { from: BEGIN, to: FOREVER };
  const [first] = LEARNED as [string];

  country.nationId = next();
  const facts: Omit<AgencyFact, 'recordedAt' | 'supersededAt'>[] = [{ agencyId: country.nationId, parentId: null, type: 'nation', code: 'VN', ...whole }];
  const provinces: number[] = [];
  for (const [at, type] of ['ministry', 'ministerial-agency', 'province', 'province', 'city'].entries()) {
    const top = next();
    facts.push({ agencyId: top, parentId: country.nationId, type, code: `T${at}`, ...whole });
    if (at >= 2) provinces.push(top);
    facts.push({ agencyId: next(), parentId: top, type: at < 2 ? 'unit' : 'department', code: `T${at}-D`, ...whole });
    if (at < 2) continue;
    for (let number = 0; number < 3; number += 1) {
      const commune = { agencyId: next(), type: draw.one(['commune', 'ward']), code: `T${at}-X${number}` };
      // Some communes move to another province one day, some end.
      const day = later(draw, BEGIN, 600);
      const fate = draw.below(4);
      if (fate === 0) {
        facts.push({ ...commune, parentId: top, from: BEGIN, to: day }, { ...commune, parentId: draw.one(provinces), from: day, to: FOREVER });
      } else {
        facts.push({ ...commune, parentId: top, from: BEGIN, to: fate === 1 ? day : FOREVER });
      }
    }
  }
  await plant(facts, first);
  await rebuild(first);

  // Later it is learned that a commune had stood elsewhere since some day.
  for (const learned of LEARNED.slice(1)) {
    const standing = country.agencies.filter((fact) => fact.supersededAt === FOREVER && fact.code.includes('-X'));
    const wrong = draw.one(standing);
    const day = later(draw, wrong.from, 500);
    if (day >= wrong.to) continue;
    await database.reader.query(
      `UPDATE agency_version SET superseded_at = $3 WHERE agency_id = $1 AND valid_from = $2 AND superseded_at = 'infinity'`,
      [wrong.agencyId, wrong.from, learned]);
    wrong.supersededAt = learned;
    await plant([{ ...wrong, to: day }, { ...wrong, parentId: draw.one(provinces), from: day }], learned);
    await rebuild(learned);
  }
}

async function fillPosts(app: NestFastifyApplication, draw: Chance, country: Country, people: number): Promise<void> {
  const tx = app.get(Database).reader;
  const places = [...new Set(country.agencies.map((fact) => fact.agencyId))];
  const insert = async (postId: number | null, fact: PostFact): Promise<number> => {
    country.posts.push(fact);
    const row = await one<{ postId: number }>(tx,
      `INSERT INTO post (post_id, person_id, agency_id, position_title, target_group, on_leave, valid_from, valid_to, recorded_at, superseded_at)
       VALUES (coalesce($1, nextval('post_id_seq')), $2, $3, 'Chuyên viên', $4, $5, $6, $7, $8, $9) RETURNING post_id AS "postId"`,
      [postId, fact.personId, fact.agencyId, fact.group, fact.onLeave, fact.from, fact.to, fact.recordedAt, fact.supersededAt]);
    return row.postId;
  };
  for (let number = 0; number < people; number += 1) {
    const { id: personId } = await one<{ id: number }>(tx,
      `INSERT INTO person (full_name, search_name, sort_name, created_at, updated_at) VALUES ($1, $1, $1, now(), now()) RETURNING id`,
      [`nguoi mau ${draw.below(1000)}`]);
    country.personIds.push(personId);
    // One post or several at once, each a chain: another group, leave, a transfer.
    for (let posts = draw.one([1, 1, 1, 2, 3]); posts > 0; posts -= 1) {
      let agencyId = draw.one(places);
      let from = later(draw, '2025-06-01', 200);
      let postId: number | null = null;
      let group = draw.one(GROUPS);
      for (let links = draw.one([1, 1, 2, 3]); links > 0; links -= 1) {
        const to: string = links === 1 && draw.often(0.7) ? FOREVER : later(draw, from, 300);
        const recordedAt = draw.one(LEARNED);
        const corrected = draw.often(0.25) && recordedAt < (LEARNED.at(-1) as string);
        const supersededAt = corrected ? draw.one(LEARNED.filter((learned) => learned > recordedAt)) : FOREVER;
        const fact: PostFact = { personId, agencyId, group, onLeave: draw.often(0.15), from, to, recordedAt, supersededAt };
        postId = await insert(postId, fact);
        if (corrected && draw.often(0.8)) {
          const start = to === FOREVER || addDays(from, 40) < to ? addDays(from, draw.below(40)) : from;
          await insert(postId, { ...fact, from: start, onLeave: draw.often(0.2), group: draw.one(GROUPS), recordedAt: supersededAt, supersededAt: FOREVER });
        }
        if (to === FOREVER) break;
        from = draw.often(0.7) ? to : later(draw, to, 60);
        if (draw.often(0.4)) [agencyId, postId] = [draw.one(places), null];
        if (draw.often(0.3)) group = draw.one(GROUPS);
      }
    }
  }
}

/** Half of the people live through it event by event; the evidence of the others is brought in at the end at once. */
async function giveEvidence(app: NestFastifyApplication, clock: FrozenClock, draw: Chance, country: Country): Promise<void> {
  const database = app.get(Database);
  const tx = database.reader;
  const courses = [
    await provingCourse(tx, 'A1', { K1: 24 }, 12), await provingCourse(tx, 'A1', { K1: 26 }, 12), await provingCourse(tx, 'B1', { K1: 14 }, 24),
    await provingCourse(tx, 'B2', { K1: 12, K2: 4 }, 9), await provingCourse(tx, 'D1', { K2: 16 }), await provingCourse(tx, 'D2', { K2: 12 }, 6),
  ];
  interface Happening { at: string; personId: number; run: () => Promise<unknown> }
  const happenings: Happening[] = [];
  const moments = [...LEARNED, '2026-01-15T03:00:00.000Z', '2026-05-20T16:59:59.999Z', '2026-05-20T17:00:00.000Z'].sort();
  for (const personId of country.personIds) {
    for (let pieces = draw.one([0, 1, 2, 3, 4, 5]); pieces > 0; pieces -= 1) {
      const at = draw.one(moments);
      const end = draw.often(0.2) ? moments.find((moment) => moment > at) : undefined;
      const from = addDays(at.slice(0, 10), -draw.below(90));
      const known = { recordedAt: at, supersededAt: end ?? FOREVER };
      if (draw.often(0.7)) {
        const course = draw.one(courses);
        const to = course.validityMonths === null ? FOREVER : addMonths(from, course.validityMonths);
        for (const [criterion, periods] of Object.entries(course.proves)) {
          country.proofs.push({ personId, source: `course ${course.courseId}`, criterion, periods, from, to, ...known });
        }
        let certificateId = 0;
        happenings.push({ at, personId, run: async () => ({ certificateId } = await completion(tx, personId, course, from, at)) });
        if (end) happenings.push({ at: end, personId, run: () => revoke(tx, certificateId, end) });
      } else {
        const criterion = draw.one(['K1', 'K2']);
        const periods = draw.one([8, 16, 24]);
        const to = draw.often(0.5) ? FOREVER : later(draw, from, 400);
        const source = `recognised ${country.proofs.length}`;
        country.proofs.push({ personId, source, criterion, periods, from, to, ...known });
        let id = 0;
        happenings.push({ at, personId, run: async () => { id = await recognised(tx, personId, criterion, periods, from, to, at); } });
        if (end) happenings.push({ at: end, personId, run: () => tx.query('UPDATE recognised_learning SET superseded_at = $2 WHERE id = $1', [id, end]) });
      }
    }
  }
  // A stable sort: what was pushed first happens first where the instant is the same.
  happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const lived = new Set(country.personIds.filter((_, at) => at % 2 === 0));
  for (const { at, personId, run } of happenings) {
    clock.set(at);
    await run();
    if (lived.has(personId)) await database.inTransaction((open) => app.get(RecountPerson).run(open, { personId, at: new Date(at) }));
  }
  clock.set('2026-11-20T14:00:00+07:00');
  await app.get(RecountEveryone).run(true);
}
