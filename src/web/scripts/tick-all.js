// One box that ticks all others of a list. Without this script it is not shown and people are ticked one by one.
function attach(label) {
  const list = document.getElementById(label.dataset.tickAll);
  const all = label.querySelector('input');
  const boxes = [...(list?.querySelectorAll('input[type="checkbox"]') ?? [])];
  if (boxes.length === 0) return;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
  list.addEventListener('change', show);
  show();
  label.hidden = false;
}

document.querySelectorAll('[data-tick-all]').forEach(attach);
