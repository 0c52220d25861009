import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { conditions, momentParams, type Moment } from './as-known.js';

export interface AgencyName {
  id: number;
  code: string;
  name: { vi: string; en: string };
  type: string;
}

/** The part of the tree that a question is about: everything under these agencies. */
export interface Subject {
  /** None of them stands under another. */
  roots: number[];
  /** The one agency that it is, or null where somebody answers for several. */
  agency: AgencyName | null;
}

const NAME = `v.agency_id AS id, v.code, json_build_object('vi', v.name_vi, 'en', v.name_en) AS name, v.type`;

/** Finds what a person may ask about. The tree is read as of the day that is asked for: codes are used again. */
@Injectable()
export class CoverageScope {
  /** The whole part that is theirs. */
  async whole(tx: Tx, moment: Moment, roots: readonly number[]): Promise<Subject> {
    const stands = conditions(moment);
    const found = await rows<AgencyName>(tx,
      `SELECT ${NAME} FROM unnest($3::int[]) AS root (id)
         CROSS JOIN LATERAL (SELECT * FROM agency_version v WHERE v.agency_id = root.id
           ORDER BY (${stands('v')}) DESC, v.superseded_at DESC, v.valid_from DESC LIMIT 1) v
        WHERE NOT EXISTS (SELECT 1 FROM agency_closure c WHERE c.descendant_id = root.id AND c.ancestor_id = ANY($3)
          AND c.depth > 0 AND ${stands('c')})
        ORDER BY v.code`, [...momentParams(moment), roots]);
    return { roots: found.map((agency) => agency.id), agency: found.length === 1 ? found[0] ?? null : null };
  }

  /** One agency of it. @throws Refusal 404 `agency-not-on-date` when there is none on that day, or it is not theirs */
  async part(tx: Tx, moment: Moment, roots: readonly number[], code: string): Promise<Subject> {
    // As was known then; else as is known now: a day before anything was recorded has figures, all "not declared".
    const agency = await this.find(tx, moment, roots, code) ?? await this.find(tx, { ...moment, current: true }, roots, code);
    if (!agency) throw notFound('agency-not-on-date');
    return { roots: [agency.id], agency };
  }

  /** The agencies between a person's own and one of it, from above, it included. */
  async path(tx: Tx, moment: Moment, roots: readonly number[], agencyId: number): Promise<AgencyName[]> {
    const stands = conditions(moment);
    return rows<AgencyName>(tx,
      `SELECT ${NAME} FROM agency_closure up JOIN agency_version v ON v.agency_id = up.ancestor_id AND ${stands('v')}
        WHERE up.descendant_id = $3 AND ${stands('up')} AND EXISTS (SELECT 1 FROM agency_closure c
          WHERE c.ancestor_id = ANY($4) AND c.descendant_id = up.ancestor_id AND ${stands('c')})
        ORDER BY up.depth DESC`, [...momentParams(moment), agencyId, roots]);
  }

  private find(tx: Tx, moment: Moment, roots: readonly number[], code: string): Promise<AgencyName | null> {
    const stands = conditions(moment);
    return first<AgencyName>(tx,
      `SELECT ${NAME} FROM agency_version v WHERE v.code = $3 AND ${stands('v')} AND EXISTS (SELECT 1 FROM agency_closure c
        WHERE c.ancestor_id = ANY($4) AND c.descendant_id = v.agency_id AND ${stands('c')})`,
      [...momentParams(moment), code, roots]);
  }
}
