import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import { conditions, momentParams } from './as-known.js';
import type { Understood } from './ask-coverage.js';
import type { PeopleState } from './coverage.forms.js';

export interface CountedPerson {
  id: number;
  name: string;
  sortName: string;
  /** First day on which they are not trained any more; null where they are not trained. */
  trainedTo: CivilDate | null;
  posts: { title: string; group: string; agency: { vi: string; en: string } }[];
}

export interface PlaceInList { sortName: string; id: number }

/** The people behind a figure: the same conditions as the count, person by person. */
@Injectable()
export class CoveredPeopleRepository {
  /**
   * In the order of Vietnamese lists, after a place. A day to come shows nobody of an agency that is to come: its people
   * are not the asker's yet.
   */
  async list(
    tx: Tx, { target, moment, subject, group, roots }: Understood, state: PeopleState, today: CivilDate,
    after: PlaceInList | null, limit: number,
  ): Promise<CountedPerson[]> {
    const stands = conditions(moment);
    const theirs = moment.asOf > today
      ? `AND EXISTS (SELECT 1 FROM agency_closure mine WHERE mine.superseded_at = 'infinity' AND mine.ancestor_id = ANY($10)
           AND mine.descendant_id = c.descendant_id AND mine.valid_from <= $11::date AND $11::date < mine.valid_to)`
      : 'AND ($10::int[] IS NOT NULL AND $11::date IS NOT NULL)';
    const condition: Record<PeopleState, string> = {
      'all': 'true', 'trained': 'trained.person_id IS NOT NULL', 'not-trained': 'trained.person_id IS NULL',
    };
    return rows<CountedPerson>(tx,
      `WITH under AS (
         SELECT c.descendant_id AS agency_id FROM agency_closure c WHERE c.ancestor_id = ANY($3) AND ${stands('c')} ${theirs}
       ), counted AS (
         SELECT DISTINCT post.person_id FROM post JOIN under ON under.agency_id = post.agency_id
          WHERE ${stands('post')} AND NOT post.on_leave AND post.target_group = ANY($4)
       ), trained AS (
         SELECT interval.person_id, max(interval.valid_to) AS valid_to FROM trained_interval interval
          WHERE interval.target = $5 AND interval.rule_version = $6 AND ${stands('interval')} GROUP BY interval.person_id
       ), page AS (
         SELECT person.id, person.full_name, person.sort_name, trained.valid_to
           FROM counted JOIN person ON person.id = counted.person_id
           LEFT JOIN trained ON trained.person_id = counted.person_id
          WHERE ${condition[state]} AND ($7::text IS NULL OR (person.sort_name COLLATE "C", person.id) > ($7, $8::bigint))
          ORDER BY person.sort_name COLLATE "C", person.id LIMIT $9
       )
       SELECT page.id, page.full_name AS name, page.sort_name AS "sortName", page.valid_to AS "trainedTo", held.posts
         FROM page CROSS JOIN LATERAL (
           SELECT json_agg(json_build_object('title', post.position_title, 'group', post.target_group,
                    'agency', json_build_object('vi', v.name_vi, 'en', v.name_en)) ORDER BY post.valid_from, post.post_id) AS posts
             FROM post JOIN under ON under.agency_id = post.agency_id
             LEFT JOIN agency_version v ON v.agency_id = post.agency_id AND ${stands('v')}
            WHERE post.person_id = page.id AND ${stands('post')} AND NOT post.on_leave AND post.target_group = ANY($4)) held
        ORDER BY page.sort_name COLLATE "C", page.id`,
      [...momentParams(moment), subject.roots, group === undefined ? target.groups : [group], target.target, target.ruleVersion,
        after?.sortName ?? null, after?.id ?? null, limit, roots, today]);
  }
}
