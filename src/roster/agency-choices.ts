import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { Language } from '../platform/config.js';
import type { CivilDate } from '../rules/civil-date.js';

const MOST = 300;

/**
 * Agencies to choose from in a form: the heads of one's part of the tree and up to two levels below, as far as a list
 * can be read. Any other is named by its code.
 */
@Injectable()
export class AgencyChoices {
  async of(
    tx: Tx,
    roots: readonly number[],
    on: CivilDate,
    lang: Language,
    chosen?: string,
  ): Promise<{ value: string; label: string }[]> {
    const found = await rows<{ code: string; vi: string; en: string; depth: number }>(
      tx,
      `SELECT v.code, v.name_vi AS vi, v.name_en AS en, min(c.depth) AS depth
         FROM agency_closure c
         JOIN agency_version v ON v.agency_id = c.descendant_id AND v.superseded_at = 'infinity' AND v.valid_from <= $2 AND $2 < v.valid_to
        WHERE c.ancestor_id = ANY($1) AND c.superseded_at = 'infinity' AND c.valid_from <= $2 AND $2 < c.valid_to
          AND (c.depth <= 1 OR v.code = $4)
        GROUP BY v.code, v.name_vi, v.name_en ORDER BY min(c.depth), v.code LIMIT $3`, [roots, on, MOST, chosen ?? '']);
    return found.map((agency) => ({ value: agency.code, label: `${agency[lang]} (${agency.code})` }));
  }
}
