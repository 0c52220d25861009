import type { CivilDate } from '../rules/civil-date.js';
import type { LocalText } from '../platform/texts.js';

/** What is measured and by which rule. A rule that changes gets a new version; a version never changes. */
export interface TargetVersion {
  /** `t70-2030`, `t70-2025`, `t100-awareness`. */
  target: string;
  ruleVersion: number;
  title: LocalText;
  /** Shown where no other target was asked for. */
  isDefault: boolean;
  /** `people`: counted on the roster. `headcount`: declared, dated numbers. */
  counts: 'people' | 'headcount';
  /** Target groups of the posts that are in the denominator; empty for headcounts. */
  groups: string[];
  /** All of them must be held. With the least number of periods for each; empty for headcounts. */
  criteria: { id: string; title: LocalText; minimum: number }[];
  /** Per cent. */
  threshold: number;
  deadline: CivilDate;
  legalBasis: LocalText;
  /** What is not certain about it, shown beside the figures. */
  note: LocalText;
}
