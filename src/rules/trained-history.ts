import { trainedPeriods, type CountingRule, type Period, type Proof } from './coverage.js';

/**
 * The second clock of coverage: not only when somebody was trained, but when we knew it. Trained periods are derived
 * from evidence; each change of the evidence ends what we took for true until then and begins what we know since.
 */

/** A proof and when we knew of it, in milliseconds of the epoch: from `knownFrom`, until it was withdrawn. */
export interface KnownProof extends Proof {
  knownFrom: number;
  /** Infinity while it stands: not revoked, not corrected. */
  knownTo: number;
}

/** A trained period as it was known from an instant (inclusive) to another (exclusive; Infinity while it holds). */
export interface KnownPeriod extends Period { recordedAt: number; supersededAt: number }

/** What has to change so that the periods that stand become the periods that should. */
export function difference<Row extends Period>(standing: readonly Row[], wanted: readonly Period[]): { end: Row[]; begin: Period[] } {
  const key = (period: Period) => `${period.from} ${period.to}`;
  const keep = new Set(wanted.map(key));
  const stands = new Set(standing.map(key));
  return {
    end: standing.filter((row) => !keep.has(key(row))),
    begin: wanted.filter((period) => !stands.has(key(period))),
  };
}

/** Every trained period as it was ever known, from all evidence with the instants at which it was known. */
export function trainedHistory(proofs: readonly KnownProof[], criteria: readonly string[], rule: CountingRule): KnownPeriod[] {
  const instants = [...new Set(proofs.flatMap((proof) => [proof.knownFrom, proof.knownTo]))]
    .filter(Number.isFinite).sort((a, b) => a - b);
  const history: KnownPeriod[] = [];
  let standing: KnownPeriod[] = [];
  for (const at of instants) {
    const known = proofs.filter((proof) => proof.knownFrom <= at && at < proof.knownTo);
    const { end, begin } = difference(standing, trainedPeriods(known, criteria, rule));
    for (const row of end) row.supersededAt = at;
    const begun = begin.map((period) => ({ ...period, recordedAt: at, supersededAt: Infinity }));
    history.push(...begun);
    standing = [...standing.filter((row) => !end.includes(row)), ...begun];
  }
  return history;
}
