import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import type { TargetVersion } from '../programmes/index.js';
import { figure, type Figure } from '../rules/coverage.js';
import type { Moment } from './as-known.js';
import { countHeadcounts } from './count-headcounts.js';
import { countPeople } from './count-people.js';
import type { AgencyName, Subject } from './coverage-scope.js';
import { shownAgencies, type Level } from './shown-agencies.js';

export interface GroupFigure extends Figure {
  group: string;
}

export interface CoverageRow extends Figure {
  agency: AgencyName;
  byGroup: GroupFigure[];
  /** Of a declared target only: people who completed the awareness programme here. */
  completions?: number;
}

export interface CoverageTable {
  target: TargetVersion;
  moment: Moment;
  subject: Subject;
  total: Omit<CoverageRow, 'agency'>;
  rows: CoverageRow[];
  /**
   * Why the total is not the sum of the rows: people who stand in several rows are counted once (`overlap`), people
   * under none of the rows are counted too (`outside`). total = sum of rows − overlap + outside. null where numbers are
   * declared instead of counted.
   */
  overlap: { roster: number; trained: number } | null;
  outside: { roster: number; trained: number } | null;
}

export interface CoverageQuestion {
  target: TargetVersion;
  moment: Moment;
  subject: Subject;
  level?: Level;
  /** One of the target's groups, where only that one is asked for. */
  group?: string;
}

/** The one place where a coverage figure comes from: page, API, CSV, XLSX and operator command all ask here. */
@Injectable()
export class CoverageFigures {
  async run(tx: Tx, question: CoverageQuestion): Promise<CoverageTable> {
    return question.target.counts === 'people' ? this.counted(tx, question) : this.declared(tx, question);
  }

  private async counted(tx: Tx, { target, moment, subject, level, group }: CoverageQuestion): Promise<CoverageTable> {
    const groups = group === undefined ? target.groups : [group];
    const all = (await countPeople(tx, target, moment, subject.roots, shownAgencies(subject, level), groups))
      .map(({ agency, inRows, ...counts }) => ({
        agency,
        inRows,
        ...figure(counts.roster, counts.trained, target.threshold),
        byGroup: counts.byGroup.map((of, at) => ({
          group: groups[at] ?? '', ...figure(of.roster, of.trained, target.threshold),
        })),
      }));
    const rows = all.flatMap(({ agency, inRows: _, ...row }) => (agency ? [{ agency, ...row }] : []));
    const [{ agency: _, inRows, ...total }] = all.filter((row) => row.agency === null) as [(typeof all)[number]];
    const sum = (of: 'roster' | 'trained') => rows.reduce((all, row) => all + row[of], 0);
    return {
      target, moment, subject, total, rows,
      overlap: { roster: sum('roster') - inRows.roster, trained: sum('trained') - inRows.trained },
      outside: { roster: total.roster - inRows.roster, trained: total.trained - inRows.trained },
    };
  }

  private async declared(tx: Tx, { target, moment, subject, level }: CoverageQuestion): Promise<CoverageTable> {
    const all = (await countHeadcounts(tx, moment, subject.roots, shownAgencies(subject, level))).map((row) => {
      // Informed people who were never declared are not 0 %: the number is not known.
      const of = figure(row.informed === null ? 0 : row.officials ?? 0, row.informed ?? 0, target.threshold);
      return { agency: row.agency, ...of, roster: row.officials ?? 0, byGroup: [], completions: row.completions };
    });
    const rows = all.flatMap(({ agency, ...row }) => (agency ? [{ agency, ...row }] : []));
    const [{ agency: _, ...total }] = all.filter((row) => row.agency === null) as [(typeof all)[number]];
    return { target, moment, subject, total, rows, overlap: null, outside: null };
  }
}
