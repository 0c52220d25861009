import { endOfDay, type CivilDate } from '../rules/civil-date.js';

/** The two clocks of a question: how things stood on a day, as far as was known by the end of another. */
export interface Moment {
  asOf: CivilDate;
  /** Until the end of this day in Viet Nam. */
  knownAs: CivilDate;
  /** Nothing can have been recorded later: what is known is what stands now, which partial indexes answer. */
  current: boolean;
}

export function momentOf(asOf: CivilDate, knownAs: CivilDate, today: CivilDate): Moment {
  return { asOf, knownAs, current: knownAs >= today };
}

/** The first two parameters of every statement of this feature: $1 the day, $2 the end of what was known. */
export const momentParams = (moment: Moment): [CivilDate, string | null] =>
  [moment.asOf, moment.current ? null : endOfDay(moment.knownAs).toISOString()];

/**
 * The conditions that a row of a two-clock table has to meet. Timestamps are compared as they are: a cast to a date
 * costs half as much again. `day` names the parameter with the day. With `current`, $2 is not looked at, so that `superseded_at = 'infinity'` finds its index.
 */
export function conditions(moment: Moment, day = '$1') {
  const known = (alias: string) => (moment.current
    ? `($2::timestamptz IS NULL AND ${alias}.superseded_at = 'infinity')`
    : `(${alias}.recorded_at < $2::timestamptz AND ${alias}.superseded_at >= $2::timestamptz)`);
  return (alias: string) => `${known(alias)} AND ${alias}.valid_from <= ${day}::date AND ${day}::date < ${alias}.valid_to`;
}
