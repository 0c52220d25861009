import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/sql.js';
import { planRoster, type Decision, type RosterPlan } from '../rules/roster-plan.js';
import type { RosterReading } from '../rules/roster-reading.js';
import { RosterKnowledgeReader, type RosterScope } from './roster-knowledge.js';
import { readingOf, stored, type RosterImport, type RosterImportRow } from './roster-imports.repository.js';

/**
 * What a file would do to the roster as it stands this moment: the same for the preview, a decision and the
 * confirmation.
 */
@Injectable()
export class PlanRosterImport {
  constructor(private readonly clock: Clock, private readonly knowledge: RosterKnowledgeReader) {}

  async plan(
    tx: Tx,
    readings: readonly RosterReading[],
    scope: RosterScope,
    mode: RosterImport['mode'],
    decisions?: ReadonlyMap<number, Decision>,
  ): Promise<RosterPlan> {
    return planRoster(readings, await this.knowledge.read(tx, readings, scope, mode, this.clock.today()), decisions);
  }

  /** Plans the kept rows of an import anew. @returns the plan and the rows as they would now be kept */
  async again(
    tx: Tx,
    entry: RosterImport,
    kept: readonly RosterImportRow[],
    roots: readonly number[] | null,
    decide?: ReadonlyMap<number, Decision>,
  ): Promise<{ plan: RosterPlan; rows: RosterImportRow[] }> {
    const readings = kept.flatMap((row) => readingOf(row) ?? []);
    const decisions = new Map<number, Decision>(
      kept.flatMap((row) => (row.reading.decision ? [[row.line, row.reading.decision] as const] : [])),
    );
    for (const [line, decision] of decide ?? []) decisions.set(line, decision);
    const plan = await this.plan(tx, readings, { agencyId: entry.agencyId, roots }, entry.mode, decisions);
    return { plan, rows: keptRows(plan, readings, decisions) };
  }
}

export function keptRows(
  plan: RosterPlan,
  readings: readonly RosterReading[],
  decisions?: ReadonlyMap<number, Decision>,
): RosterImportRow[] {
  const byLine = new Map(readings.map((reading) => [reading.line, reading]));
  return plan.rows.map((row) => stored(row, byLine.get(row.line), decisions?.get(row.line)));
}
