import { planAgencies, type AgencyPlan, type AgencyReading, type TreeFacts } from '../rules/agency-import.js';
import type { CivilDate } from '../rules/civil-date.js';
import { closureOf } from '../rules/closure.js';
import type { Piece } from '../rules/timeline.js';
import type { StandingVersion } from './agency-tree.js';

/** The tree as it stands, made into what the rule asks for. The importer's scope is taken from today's tree. */
export function planImport(
  readings: readonly AgencyReading[], versions: readonly StandingVersion[],
  context: { today: CivilDate; effective: CivilDate | null; roots: readonly number[] | null },
): AgencyPlan {
  const { today, effective, roots } = context;
  const scope =
    roots &&
    new Set(
      closureOf(versions.map(({ agencyId, from, to, facts }) => ({ agencyId, from, to, parentId: facts.parentId })))
        .filter((row) => roots.includes(row.ancestorId) && row.from <= today && today < row.to)
        .map((row) => row.descendantId),
    );
  return planAgencies(readings, timelines(versions), {
    today,
    effective,
    inScope: (id) => scope === null || scope.has(id),
  });
}

export function timelines(versions: readonly StandingVersion[]): Map<number, Piece<TreeFacts>[]> {
  const byAgency = new Map<number, Piece<TreeFacts>[]>();
  for (const { agencyId, from, to, facts } of versions) {
    const list = byAgency.get(agencyId) ?? [];
    list.push({ from, to, facts });
    byAgency.set(agencyId, list);
  }
  return byAgency;
}
