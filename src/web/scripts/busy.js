// A pressed button says at once that it was heard, and a second press within the same submission does nothing.
// The server takes the same form twice without harm; this only answers the finger.
const said = document.body.dataset.busyText ?? '';

const announcer = document.createElement('p');
announcer.className = 'sr';
announcer.setAttribute('role', 'status');
document.body.append(announcer);

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute('data-not-busy')) return;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = 'yes';
  const button = event.submitter;
  // Not `disabled`: a disabled button would not be sent with its form, and would lose the focus.
  button?.classList.add('busy');
  button?.setAttribute('aria-disabled', 'true');
  announcer.textContent = said;
  // A download leaves the page where it is: give the button back.
  if (form.hasAttribute('data-download')) setTimeout(release, 3000, form);
});

function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll('.busy')) {
    button.classList.remove('busy');
    button.removeAttribute('aria-disabled');
  }
  announcer.textContent = '';
}

// Back from the history: the page is shown again as it was left.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-busy]').forEach(release);
});

// After a refused form the summary of errors is read first.
document.querySelector('[data-focus]')?.focus();

// On a phone the row of question numbers scrolls within itself: begin at the current one.
const dots = document.querySelector('.dots');
const here = dots?.querySelector('[aria-current]');
if (here) dots.scrollLeft = here.offsetLeft - dots.offsetLeft - dots.clientWidth / 2 + here.offsetWidth / 2;

// An open menu closes on Escape and on a press elsewhere.
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && document.querySelector('.menu[open]');
  if (!open) return;
  open.removeAttribute('open');
  open.querySelector('summary').focus();
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.menu[open]')) if (!menu.contains(event.target)) menu.removeAttribute('open');
});
