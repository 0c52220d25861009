/** What the checker insists on. Sources: the outline of the programmes and courses/README.md. */
export const LESSON_WORDS = { least: 700, most: 1400 };
export const SELF_CHECKS = { least: 3, most: 5 };
/** Questions of a bank; the awareness course E needs fewer. */
export const leastQuestions = (code: string) => (code.startsWith('E') ? 20 : 50);
export const QUESTIONS_PER_OUTCOME = 3;
export const QUESTION_TYPES = 4;
/** At least one question in three is a situation from work. */
export const CASE_SHARE = 1 / 3;
/** From this similarity on two questions count as one asked twice; a little below, it is worth a look. */
export const SAME_QUESTION = { error: 0.6, note: 0.45 };
/**
 * A pattern in the key (longest option, place) is an error when chance alone would bring it about in fewer than one
 * bank in twenty. The distribution is exact: each question counts with its own number of options.
 */
export const CHANCE_LIMIT = 0.05;

/**
 * How hard a lesson may be to read, by `readingEase`: the level of its formula, and the share of long sentences. Staff
 * of communes read on a phone between two tasks, so programme B is held to a narrower band. Below the band a text is
 * chopped into fragments.
 */
export const readingBand = (code: string) => (code.startsWith('B')
  ? { level: { least: 2, most: 3.2 }, longShare: 0.05 }
  : { level: { least: 2, most: 3.7 }, longShare: 0.08 });
