import { Injectable } from '@nestjs/common';
import { Agencies, type AgencyDescription } from '../agencies/index.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { IdentityKeeper } from './identity.js';
import { PeopleRepository, type Person } from './people.repository.js';
import { PostBook } from './post-book.js';

export interface CurrentPost {
  postId: number;
  personId: number;
  agencyId: number;
  staffCode: string | null;
  positionTitle: string;
  targetGroup: TargetGroup;
  onLeave: boolean;
  from: CivilDate;
  to: CivilDate;
}

/** Who somebody is and where they work, in words: what a certificate freezes. */
export interface PostDescription extends CurrentPost {
  fullName: string;
  birthDate: CivilDate | null;
  agency: AgencyDescription;
}

export interface NewPost {
  agencyId: number;
  positionTitle: string;
  targetGroup: TargetGroup;
  staffCode?: string | null;
  onLeave?: boolean;
  from: CivilDate;
  to?: CivilDate;
}

export interface NewPerson {
  fullName: string;
  birthDate?: CivilDate | null;
  email?: string | null;
  phone?: string | null;
  /** Twelve digits; kept as a keyed hash and the last three. */
  nationalId?: string | null;
  posts: NewPost[];
}

/** What other features ask of the roster. */
@Injectable()
export class Roster {
  constructor(
    private readonly agencies: Agencies,
    private readonly people: PeopleRepository,
    private readonly posts: PostBook,
    private readonly identity: IdentityKeeper,
  ) {}

  person(tx: Tx, id: number): Promise<Person | null> {
    return this.people.find(tx, id);
  }

  /** The posts that a person holds on a day; the one held longest comes first. */
  async currentPosts(tx: Tx, personId: number, on: CivilDate): Promise<CurrentPost[]> {
    return (await this.currentPostsOf(tx, [personId], on)).get(personId) ?? [];
  }

  async currentPostsOf(tx: Tx, personIds: readonly number[], on: CivilDate): Promise<Map<number, CurrentPost[]>> {
    const found = await rows<CurrentPost>(tx,
      `SELECT post_id AS "postId", person_id AS "personId", agency_id AS "agencyId", staff_code AS "staffCode",
              position_title AS "positionTitle", target_group AS "targetGroup", on_leave AS "onLeave",
              valid_from AS "from", valid_to AS "to"
         FROM post WHERE person_id = ANY($1) AND superseded_at = 'infinity' AND valid_from <= $2 AND $2 < valid_to
        ORDER BY person_id, on_leave, valid_from, post_id`, [personIds, on]);
    const byPerson = new Map<number, CurrentPost[]>();
    for (const post of found) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post]);
    return byPerson;
  }

  /** Name, post and agency of people on a day; a person without a post that day is left out. */
  async describePosts(tx: Tx, personIds: readonly number[], on: CivilDate): Promise<Map<number, PostDescription[]>> {
    const posts = await this.currentPostsOf(tx, personIds, on);
    const all = [...posts.values()].flat();
    const agencies = await this.agencies.describe(tx, all.map((post) => post.agencyId), on);
    const people = new Map((await this.people.byIds(tx, [...posts.keys()])).map((person) => [person.id, person]));
    return new Map([...posts].map(([personId, list]) => [personId, list.flatMap((post) => {
      const person = people.get(personId);
      const agency = agencies.get(post.agencyId);
      return person && agency ? [{ ...post, fullName: person.fullName, birthDate: person.birthDate, agency }] : [];
    })]));
  }

  /** The first of a person's posts on a day, described; null without any. */
  async describePost(tx: Tx, personId: number, on: CivilDate): Promise<PostDescription | null> {
    return (await this.describePosts(tx, [personId], on)).get(personId)?.[0] ?? null;
  }

  /**
   * Adds many people with their posts at once, as trial data does. The caller has checked what it gives; nothing is
   * matched against people who are there already, and no fact is published.
   * @param recordedAt when this became known; default now
   * @returns the ids of the people, in the order given
   */
  async addPeople(tx: Tx, people: readonly NewPerson[], recordedAt?: Date): Promise<number[]> {
    const ids = await this.people.add(
      tx,
      people.map((person) => {
        const sealed = person.nationalId ? this.identity.seal(person.nationalId) : null;
        return {
          fullName: person.fullName,
          birthDate: person.birthDate ?? null,
          email: person.email ?? null,
          phone: person.phone ?? null,
          nationalIdHash: sealed?.hash ?? null,
          nationalIdTail: sealed?.tail ?? null,
        };
      }),
    );
    const posts = people.flatMap((person, index) =>
      person.posts.map((post) => ({ ...post, personId: ids[index] as number })),
    );
    const postIds = await this.posts.newPostIds(tx, posts.length);
    await this.posts.write(
      tx,
      posts.map((post, index) => ({
        postId: postIds[index] as number,
        personId: post.personId,
        agencyId: post.agencyId,
        from: post.from,
        to: post.to ?? FOREVER,
        facts: {
          staffCode: post.staffCode ?? null,
          positionTitle: post.positionTitle,
          targetGroup: post.targetGroup,
          onLeave: post.onLeave ?? false,
        },
      })),
      { recordedAt },
    );
    return ids;
  }
}
