// Filter as you type, in a list or a table, without regard to Vietnamese marks or capitals: "hoa" finds "Hòa" and "Hoá".
// Without this script the field is not shown and the whole list is there.
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Every word typed must occur, in any order. */
export function matches(haystack, typed) {
  return plain(typed).split(' ').every((word) => haystack.includes(word));
}

function attach(box) {
  const list = document.getElementById(box.dataset.filter);
  if (!list) return;
  const rows = [...(list.tBodies?.[0]?.rows ?? list.children)];
  const texts = rows.map((row) => plain(row.dataset.words ?? row.textContent));
  const input = box.querySelector('input');
  const status = box.querySelector('[role="status"]');

  const apply = () => {
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !matches(texts[index], input.value);
      if (!row.hidden) shown += 1;
    });
    status.textContent = !input.value.trim() ? '' : shown === 0 ? status.dataset.none : status.dataset.shown.replace('{count}', String(shown));
  };
  input.addEventListener('input', apply);
  box.hidden = false;
  if (input.value) apply();
}

if (typeof document !== 'undefined') document.querySelectorAll('[data-filter]').forEach(attach);
