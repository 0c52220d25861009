// While a rubric is filled in: the total and the outcome that follows. The server decides by the same rule.
const form = document.querySelector('[data-marking]');
if (form) {
  const box = form.querySelector('[data-total]');
  const sum = box.querySelector('[data-sum]');
  const { floor, mark, count } = form.dataset;

  const show = () => {
    const levels = [...form.querySelectorAll('.rubric input:checked')].map((input) => Number(input.value));
    const total = levels.reduce((so, level) => so + level, 0);
    const all = levels.length === Number(count);
    const passed = all && levels.every((level) => level >= Number(floor)) && total >= Number(mark);
    sum.textContent = sum.dataset.sum.replace('__', String(total));
    box.querySelector('[data-open]').hidden = all;
    box.querySelector('[data-passed]').hidden = !passed;
    box.querySelector('[data-not-passed]').hidden = !all || passed;
  };
  box.hidden = false;
  form.addEventListener('change', show);
  window.addEventListener('pageshow', show);
  show();
}
