import { z } from 'zod';
import type { Figure } from '../rules/coverage.js';
import type { CoverageRow, CoverageTable, GroupFigure } from './coverage-figures.js';

/** The answer of the JSON API, and its description in the OpenAPI document. */
const counts = z.object({ roster: z.number(), trained: z.number() });
const figureSchema = counts.extend({
  rate: z.number().nullable().describe('Per cent with one decimal, rounded down; null: not declared'),
  gap: z.number().nullable().describe('How many more trained people would reach the target; null: not declared'),
  met: z.boolean().nullable(),
});
const local = z.object({ vi: z.string(), en: z.string() });
const of = figureSchema.extend({
  byGroup: z.array(figureSchema.extend({ group: z.string() })),
  completions: z.number().optional().describe('Declared targets: people who completed the awareness programme here'),
});
export const coverageSchema = z.object({
  target: z.string(), asOf: z.iso.date(), knownAs: z.iso.date(), ruleVersion: z.number(),
  threshold: z.number().describe('Per cent'),
  within: z.object({ agencyCode: z.string(), name: local, type: z.string() }).nullable(),
  total: of,
  rows: z.array(z.object({ agencyCode: z.string(), name: local, type: z.string() }).extend(of.shape)),
  overlap: counts.nullable().describe('People who stand in several rows, beyond their first: total = rows − overlap + outside'),
  outside: counts.nullable().describe('People under none of the rows'),
});

const answer = ({ roster, trained, rate, gap, met }: Figure) =>
  ({ roster, trained, rate: rate === null ? null : rate / 10, gap, met });

function withGroups(row: Figure & { byGroup: GroupFigure[]; completions?: number }) {
  return {
    ...answer(row),
    byGroup: row.byGroup.map((group) => ({ group: group.group, ...answer(group) })),
    ...(row.completions === undefined ? {} : { completions: row.completions }),
  };
}

export function coverageAnswer(table: CoverageTable): z.output<typeof coverageSchema> {
  const { target, moment, subject } = table;
  const named = (agency: CoverageRow['agency']) => ({ agencyCode: agency.code, name: agency.name, type: agency.type });
  return {
    target: target.target, asOf: moment.asOf, knownAs: moment.knownAs, ruleVersion: target.ruleVersion,
    threshold: target.threshold,
    within: subject.agency ? named(subject.agency) : null,
    total: withGroups(table.total),
    rows: table.rows.map((row) => ({ ...named(row.agency), ...withGroups(row) })),
    overlap: table.overlap,
    outside: table.outside,
  };
}
