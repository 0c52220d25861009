import { z } from 'zod';
import { optionalDate, optionalLine } from '../platform/http/forms.js';
import { LEVELS } from './shown-agencies.js';

/** A choice that a form sends empty when nothing was chosen. */
const choice = <T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(values, 'choice-unknown').optional());

const asked = {
  target: optionalLine(40),
  asOf: optionalDate(),
  knownAs: optionalDate(),
  within: optionalLine(40),
  group: optionalLine(40),
};

export const coverageQuery = z.object({ ...asked, level: choice(LEVELS) });
export type CoverageQuery = z.output<typeof coverageQuery>;

export const SORTS = ['gap', 'rate', 'name'] as const;
export const overviewQuery = coverageQuery.extend({ sort: choice(SORTS) });
export type OverviewQuery = z.output<typeof overviewQuery>;

export const PEOPLE_STATES = ['not-trained', 'trained', 'all'] as const;
export type PeopleState = (typeof PEOPLE_STATES)[number];
export const peopleQuery = z.object({ ...asked, state: choice(PEOPLE_STATES), cursor: optionalLine(400) });
export type PeopleQuery = z.output<typeof peopleQuery>;
