import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../platform/database/sql.js';
import { addMonths, type CivilDate } from '../rules/civil-date.js';
import { figure } from '../rules/coverage.js';
import { conditions, momentParams } from './as-known.js';
import type { CoverageQuestion } from './coverage-figures.js';

interface Movement {
  rosterBefore: number;
  roster: number;
  trainedBefore: number;
  trained: number;
  /** On the roster both times: trained now and not before. */
  newlyTrained: number;
  /** On the roster both times: trained before and not any more. */
  expired: number;
  /** Came on to the roster, or into the part that is asked for; of these, trained. */
  added: number;
  addedTrained: number;
  /** Went from it; of these, trained before. */
  removed: number;
  removedTrained: number;
}

/** Why a figure is not what it was: trained = before + newly trained − expired + came trained − went trained. */
export interface CoverageChange extends Movement {
  since: CivilDate;
  /** Difference of the two rates as they are shown, in tenths of a percent; null where one of them is not declared. */
  ratePoints: number | null;
}

/** Compares the people of two days, both as known now (or on the day that is asked for). Exact: sets, not estimates. */
@Injectable()
export class CompareCoverage {
  async run(tx: Tx, { target, moment, subject, group }: CoverageQuestion): Promise<CoverageChange> {
    const since = addMonths(moment.asOf, -1);
    const counted = (day: string) => {
      const stands = conditions(moment, day);
      return `SELECT DISTINCT post.person_id FROM post JOIN agency_closure c ON c.descendant_id = post.agency_id
         AND c.ancestor_id = ANY($3) AND ${stands('c')}
        WHERE ${stands('post')} AND NOT post.on_leave AND post.target_group = ANY($4)`;
    };
    const trained = (day: string) => `SELECT DISTINCT person_id FROM trained_interval interval
      WHERE interval.target = $5 AND interval.rule_version = $6 AND ${conditions(moment, day)('interval')}`;
    const movement = await one<Movement>(tx,
      `WITH people AS (
         SELECT coalesce(now.person_id, before.person_id) AS person_id, before.person_id IS NOT NULL AS was,
                now.person_id IS NOT NULL AS "is"
           FROM (${counted('$7')}) before FULL JOIN (${counted('$1')}) now ON now.person_id = before.person_id
       ), sides AS (
         SELECT people.was, people."is", people.was AND tb.person_id IS NOT NULL AS trained_before,
                people."is" AND tn.person_id IS NOT NULL AS trained_now
           FROM people LEFT JOIN (${trained('$7')}) tb ON tb.person_id = people.person_id
           LEFT JOIN (${trained('$1')}) tn ON tn.person_id = people.person_id
       )
       SELECT count(*) FILTER (WHERE was)::int AS "rosterBefore", count(*) FILTER (WHERE "is")::int AS roster,
         count(*) FILTER (WHERE trained_before)::int AS "trainedBefore", count(*) FILTER (WHERE trained_now)::int AS trained,
         count(*) FILTER (WHERE was AND "is" AND trained_now AND NOT trained_before)::int AS "newlyTrained",
         count(*) FILTER (WHERE was AND "is" AND trained_before AND NOT trained_now)::int AS expired,
         count(*) FILTER (WHERE NOT was)::int AS added, count(*) FILTER (WHERE NOT was AND trained_now)::int AS "addedTrained",
         count(*) FILTER (WHERE NOT "is")::int AS removed,
         count(*) FILTER (WHERE NOT "is" AND trained_before)::int AS "removedTrained"
       FROM sides`,
      [...momentParams(moment), subject.roots, group === undefined ? target.groups : [group], target.target, target.ruleVersion, since]);
    const before = figure(movement.rosterBefore, movement.trainedBefore, target.threshold).rate;
    const now = figure(movement.roster, movement.trained, target.threshold).rate;
    return { ...movement, since, ratePoints: before === null || now === null ? null : now - before };
  }
}
