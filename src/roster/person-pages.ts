import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { text } from '../platform/texts.js';
import { lastDay } from '../rules/civil-date.js';
import { pieceOn } from '../rules/timeline.js';
import { PeopleRepository, type Person } from './people.repository.js';
import { PostBook, type Post } from './post-book.js';

export interface ShownPost {
  postId: number;
  agencyId: number;
  agencyCode: string;
  agency: string;
  title: string;
  group: string;
  staffCode: string | null;
  /** `now`, `leave`, `later` or `over`. */
  state: 'now' | 'leave' | 'later' | 'over';
  from: string;
  until: string | null;
  /** Only where the post has more than one version. */
  versions: { from: string; until: string | null; title: string; group: string; onLeave: boolean }[];
}

/** A person with all posts, past and to come: what the coordinator's page and the person's own profile show. */
@Injectable()
export class PersonPages {
  constructor(
    private readonly people: PeopleRepository,
    private readonly posts: PostBook,
    private readonly agencies: Agencies,
    private readonly clock: Clock,
  ) {}

  async of(tx: Tx, personId: number, lang: Language): Promise<{ person: Person; posts: ShownPost[] }> {
    const person = await this.people.find(tx, personId);
    if (!person) throw notFound();
    return { person, posts: await this.show(tx, await this.posts.ofPeople(tx, [personId]), lang) };
  }

  async show(tx: Tx, posts: readonly Post[], lang: Language): Promise<ShownPost[]> {
    const today = this.clock.today();
    const agencies = await this.agencies.describe(tx, posts.map((post) => post.agencyId), today);
    const shown = posts.map(({ postId, agencyId, pieces }): ShownPost => {
      const now = pieceOn(pieces, today);
      const [first] = pieces;
      const last = pieces.at(-1);
      const facts = (now ?? last)?.facts;
      const agency = agencies.get(agencyId);
      const state = now ? (now.facts.onLeave ? 'leave' : 'now') : (first?.from ?? '') > today ? 'later' : 'over';
      return {
        postId,
        agencyId,
        agencyCode: agency?.code ?? '',
        agency: agency?.path[lang] ?? '',
        title: facts?.positionTitle ?? '',
        group: facts ? text(lang, `roster.groups.${facts.targetGroup}`) : '',
        staffCode: facts?.staffCode ?? null,
        state,
        from: first?.from ?? '',
        until: last ? lastDay(last.to) : null,
        versions:
          pieces.length < 2
            ? []
            : pieces.map((piece) => ({
                from: piece.from,
                until: lastDay(piece.to),
                title: piece.facts.positionTitle,
                onLeave: piece.facts.onLeave,
                group: text(lang, `roster.groups.${piece.facts.targetGroup}`),
              })),
      };
    });
    const order = { now: 0, leave: 1, later: 2, over: 3 };
    return shown.sort((a, b) => order[a.state] - order[b.state] || (a.from < b.from ? 1 : -1));
  }
}
