import { FOREVER, type CivilDate } from './civil-date.js';
import type { RosterReading } from './roster-reading.js';
import type { Change, KnownPost, PostFacts } from './roster-terms.js';
import type { TargetGroup } from './target-groups.js';
import { greatest, pieceOn, revise, same, type Piece } from './timeline.js';

/** What one row of a roster file does to one post. Pure; used by rules/roster-plan. */
const EVER: CivilDate = '0001-01-01';

/** When the row holds, as far as it says. One that only tells of an end in the past means whatever went on until then. */
export function periodOf({ from, to }: RosterReading, today: CivilDate): { from: CivilDate; to: CivilDate } {
  const end = to ?? FOREVER;
  return { from: from ?? (end <= today ? EVER : today), to: end };
}

/** The post as it stands, and as the row would have it. */
export function timelineOf(
  reading: RosterReading,
  post: KnownPost | undefined,
  today: CivilDate,
): { pieces: readonly Piece<PostFacts>[]; wanted: Piece<PostFacts>[] } {
  const facts = (before: PostFacts | null): PostFacts => ({
    staffCode: reading.staffCode || (before?.staffCode ?? null), positionTitle: reading.positionTitle,
    targetGroup: reading.group as TargetGroup, onLeave: before?.onLeave ?? false,
  });
  const onlyEnds = reading.from === null && reading.to !== null && reading.to <= today;
  if (!post) return { pieces: [], wanted: onlyEnds ? [] : [{ ...periodOf(reading, today), facts: facts(null) }] };
  const { pieces } = post;
  const end = pieces.at(-1)?.to ?? FOREVER;
  const covering = pieceOn(pieces, reading.from ?? today);
  const already = covering && same(facts(covering.facts), covering.facts);
  const from = reading.from ?? (already ? covering.from : greatest(today, pieces[0]?.from ?? today));
  const to = reading.to ?? end;
  let wanted = onlyEnds ? [...pieces] : revise(pieces, from, to, facts);
  if (reading.to && end > to) wanted = revise(wanted, greatest(to, pieces[0]?.from ?? to), end, () => null);
  return { pieces, wanted };
}

/** The difference between what a post was and shall be, in the words of a row: as it last stands. */
export function postChanges(before: readonly Piece<PostFacts>[], after: readonly Piece<PostFacts>[]): Change[] {
  const [first, last] = [before[0], before.at(-1)];
  const [newFirst, newLast] = [after[0], after.at(-1)];
  if (!first || !last || same(before, after)) return [];
  if (!newFirst || !newLast) return [{ field: 'to', before: last.to, after: first.from }];
  const changes: Change[] = [];
  const add = (field: Change['field'], old: string, now: string) => {
    if (old !== now) changes.push({ field, before: old, after: now });
  };
  add('positionTitle', last.facts.positionTitle, newLast.facts.positionTitle);
  add('group', last.facts.targetGroup, newLast.facts.targetGroup);
  add('staffCode', last.facts.staffCode ?? '', newLast.facts.staffCode ?? '');
  add('from', first.from, newFirst.from);
  add('to', last.to, newLast.to);
  // The same at both ends and yet not the same between: a change of the past.
  if (changes.length === 0) changes.push({ field: 'from', before: last.from, after: newLast.from });
  return changes;
}
