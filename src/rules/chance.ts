/**
 * How likely it is that something came about by chance. Used to tell a question bank that gives its key away (always
 * the longest option, always "c") from one that merely looks uneven.
 */

/** The chance of at least so many hits in independent trials, each with a probability of its own (exact). */
export function chanceOfAtLeast(hits: number, probabilities: readonly number[]): number {
  const exactly = distribution(probabilities);
  return Math.min(1, exactly.slice(Math.max(0, hits)).reduce((sum, chance) => sum + chance, 0));
}

/** The chance of at most so many hits. */
export function chanceOfAtMost(hits: number, probabilities: readonly number[]): number {
  const exactly = distribution(probabilities);
  return Math.min(1, exactly.slice(0, Math.max(0, hits + 1)).reduce((sum, chance) => sum + chance, 0));
}

/** Chance of exactly 0, 1, 2… hits (Poisson's binomial), built up one trial at a time. */
function distribution(probabilities: readonly number[]): number[] {
  let exactly = [1];
  for (const p of probabilities) {
    const next = new Array<number>(exactly.length + 1).fill(0);
    for (const [hits, chance] of exactly.entries()) {
      next[hits] = (next[hits] ?? 0) + chance * (1 - p);
      next[hits + 1] = (next[hits + 1] ?? 0) + chance * p;
    }
    exactly = next;
  }
  return exactly;
}
