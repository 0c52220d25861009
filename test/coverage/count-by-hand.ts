import { FOREVER } from '../../src/rules/civil-date.js';
import type { Country, Dated, PostFact } from './random-country.js';

/** Counting as it is explained to a new colleague: one person, one post, one day after another. Slow and plain. */
const KINDS = {
  nation: ['ministry', 'ministerial-agency', 'government-agency', 'province', 'city'],
  communes: ['commune', 'ward', 'special-zone'],
};

export interface HandCount { roster: Set<number>; trained: Set<number> }

export class CountByHand {
  constructor(private readonly country: Country) {}

  /** Facts that held on a day as far as was known by the end of another day in Viet Nam. */
  facts<T extends Dated>(list: readonly T[], day: string, knownAs: string): T[] {
    const end = new Date(Date.parse(`${knownAs}T23:59:59.999+07:00`) + 1).toISOString();
    return list.filter((fact) => fact.from <= day && (fact.to === FOREVER || day < fact.to)
      && fact.recordedAt < end && (fact.supersededAt === FOREVER || fact.supersededAt >= end));
  }

  /** An agency and all that it stands under on the day, from below. */
  chain(agencyId: number, day: string, knownAs: string): number[] {
    const stands = this.facts(this.country.agencies, day, knownAs);
    const chain: number[] = [];
    for (let at: number | null = agencyId; at !== null;) {
      const fact = stands.find((candidate) => candidate.agencyId === at);
      if (!fact) break;
      chain.push(fact.agencyId);
      at = fact.parentId;
    }
    return chain;
  }

  trained(personId: number, criteria: Record<string, number>, day: string, knownAs: string): boolean {
    const held = this.facts(this.country.proofs.filter((proof) => proof.personId === personId), day, knownAs);
    return Object.entries(criteria).every(([criterion, minimum]) => {
      let sum = 0;
      for (const source of new Set(held.map((proof) => proof.source))) {
        sum += Math.max(0, ...held.filter((proof) => proof.source === source && proof.criterion === criterion).map((proof) => proof.periods));
      }
      return sum >= minimum;
    });
  }

  /** For each agency, and for `all` of them under one, the people of some groups; by the tree of the day. */
  count(groups: readonly string[], criteria: Record<string, number>, day: string, knownAs: string): (agencyId: number) => HandCount {
    const posts = this.facts(this.country.posts, day, knownAs).filter((post: PostFact) => !post.onLeave && groups.includes(post.group));
    const people = new Map<number, HandCount>();
    const trained = new Map<number, boolean>();
    for (const post of posts) {
      if (!trained.has(post.personId)) trained.set(post.personId, this.trained(post.personId, criteria, day, knownAs));
      for (const agencyId of this.chain(post.agencyId, day, knownAs)) {
        const count = people.get(agencyId) ?? { roster: new Set<number>(), trained: new Set<number>() };
        count.roster.add(post.personId);
        if (trained.get(post.personId)) count.trained.add(post.personId);
        people.set(agencyId, count);
      }
    }
    return (agencyId) => people.get(agencyId) ?? { roster: new Set(), trained: new Set() };
  }

  /** The agencies that get a row under one: of the nation its ministries and provinces, of others what stands directly below. */
  rowsUnder(agencyId: number, day: string, knownAs: string): number[] {
    const stands = this.facts(this.country.agencies, day, knownAs);
    const nation = agencyId === this.country.nationId;
    return stands.filter((fact) => fact.agencyId !== agencyId && this.chain(fact.agencyId, day, knownAs).includes(agencyId))
      .filter((fact) => (nation ? KINDS.nation.includes(fact.type) : fact.parentId === agencyId || KINDS.communes.includes(fact.type)))
      .map((fact) => fact.agencyId).sort((a, b) => a - b);
  }
}
