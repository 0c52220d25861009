import { reordered, type Asked } from '../rules/asking.js';

type Fields = Record<string, unknown>;

/** What a question's form says, as an answer from outside; rules/asking reads it like any other. Pure. */
export function answerFromForm(asked: Asked, fields: Fields, standing: string[] | undefined): unknown {
  switch (asked.type) {
    case 'single':
      return { option: textOf(fields.answer) || null };
    case 'multiple':
      return { options: [fields.answer ?? []].flat() };
    case 'true-false':
      return { value: fields.answer === 'true' ? true : fields.answer === 'false' ? false : null };
    case 'matching':
      return { pairs: Object.fromEntries(asked.lefts.map(({ id }) => [id, textOf(fields[`pair[${id}]`])])) };
    case 'ordering':
      return { order: orderFrom(asked, fields, standing) };
    case 'numeric':
    case 'short-text':
      return { value: textOf(fields.value) };
  }
}

/** Numbers written beside items, or one of the buttons up and down. Left as it was shown, it is no answer yet. */
function orderFrom(asked: Asked & { type: 'ordering' }, fields: Fields, standing: string[] | undefined): string[] {
  const ids = asked.items.map((item) => item.id);
  const sent = textOf(fields.order).split(',');
  const before = sent.length === ids.length && ids.every((id) => sent.includes(id)) ? sent : standing ?? ids;
  const places = Object.fromEntries(ids.flatMap((id) => {
    const place = Number(textOf(fields[`place[${id}]`]));
    return place >= 1 ? [[id, place]] : [];
  }));
  const [moved, direction] = textOf(fields.move).split(':');
  const at = before.indexOf(moved ?? '');
  if (at >= 0) places[moved as string] = at + 1 + (direction === 'up' ? -1 : 1);
  const after = reordered(before, places);
  return standing || after.some((id, index) => id !== ids[index]) ? after : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
