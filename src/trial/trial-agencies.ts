import { Injectable } from '@nestjs/common';
import { AgencyTree, type AgencyFacts } from '../agencies/index.js';
import { rows, type Tx } from '../platform/database/sql.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';
import { TRIAL_COMMUNES } from './communes.js';
import type { Staffed } from './invented-people.js';

const SINCE: CivilDate = '2025-07-01';
/** Left without a roster on purpose: "not declared" is a state that every screen must be able to show. */
const UNDECLARED = new Set(['96', 'VHLKHXHVN']);

type NewAgency = Omit<AgencyFacts, 'parentId'> & { parent: string; kind: string };

/** Departments, units and a few communes below the real central agencies and provinces. */
@Injectable()
export class TrialAgencies {
  constructor(private readonly tree: AgencyTree) {}

  /** @returns every agency that has people, and what kind of place it is */
  async load(tx: Tx): Promise<Staffed[]> {
    const top = await rows<{ id: number; code: string; type: string; nameVi: string }>(tx,
      `SELECT agency_id AS id, code, type, name_vi AS "nameVi" FROM agency_version
        WHERE superseded_at = 'infinity' AND valid_to = 'infinity'
          AND type IN ('ministry', 'ministerial-agency', 'government-agency', 'province', 'city') ORDER BY id`);
    const idOf = new Map(top.map((agency) => [agency.code, agency.id]));
    const wanted = top.flatMap((agency) => below(agency));
    const ids = await this.tree.newAgencies(tx, wanted.length);
    await this.tree.write(tx, wanted.map(({ parent, kind: _kind, ...facts }, index) => ({
      agencyId: ids[index] as number, from: SINCE, to: FOREVER, facts: { ...facts, parentId: idOf.get(parent) as number },
    })));
    await this.tree.rebuildClosure(tx);
    return wanted.map((agency, index) => ({ agencyId: ids[index] as number, code: agency.code, kind: agency.kind, parent: agency.parent }))
      .filter((agency) => !UNDECLARED.has(agency.parent));
  }
}

function below(agency: { code: string; type: string; nameVi: string }): NewAgency[] {
  const unit = (suffix: string, nameVi: string, nameEn: string, type: 'unit' | 'department', kind: string): NewAgency => ({
    parent: agency.code, code: `${agency.code}-${suffix}`, nameVi, nameEn, type, legalBasis: null, kind,
  });
  if (agency.type !== 'province' && agency.type !== 'city') {
    return [
      unit('VP', 'Văn phòng', 'Office', 'unit', 'office'),
      unit('TT', 'Trung tâm Truyền thông', 'Communication Centre', 'unit', 'centre'),
    ];
  }
  return [
    unit('VP', 'Văn phòng Ủy ban nhân dân', 'Office of the People’s Committee', 'department', 'province-office'),
    unit('KHCN', 'Sở Khoa học và Công nghệ', 'Department of Science and Technology', 'department', 'department'),
    unit('VHTTDL', 'Sở Văn hóa, Thể thao và Du lịch', 'Department of Culture, Sports and Tourism', 'department', 'department'),
    ...TRIAL_COMMUNES.filter((commune) => commune.parent === agency.code)
      .map((commune) => ({ ...commune, legalBasis: null, kind: 'commune' })),
  ];
}
