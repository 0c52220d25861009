// Practical work, while it is written: counts the words, keeps a draft on the server with a receipt, and what could not
// be sent on this device. A file is looked at before it is sent, so that nobody waits for 50 MB to be refused.
const form = document.querySelector('[data-work]');
const done = document.querySelector('[data-kept-draft]');
const keyOf = (place) => `lan-toa:draft:${place}`;

// Handed in: what was kept here is no longer needed.
if (done) forget(keyOf(done.dataset.keptDraft));
if (form) begin(form);

function begin(work) {
  const text = work.elements.namedItem('text');
  const key = keyOf(work.dataset.place);
  let saved = text.value;
  let timer;
  let sending = false;

  showCount(work, text);
  offerKept(work, text, key, () => later(0));
  text.addEventListener('input', () => {
    showCount(work, text);
    later(2000);
  });
  window.addEventListener('online', () => later(0));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') later(0);
  });
  work.elements.namedItem('file').addEventListener('change', () => showFileProblem(work));
  work.addEventListener('submit', (event) => {
    if (!event.submitter?.hasAttribute('formaction') && showFileProblem(work)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    // Should the answer be a sign-in page, the text is still here.
    keep(key, text.value);
    clearTimeout(timer);
    sending = true;
  }, { capture: true });

  function later(wait) {
    if (sending || text.value === saved) return;
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    const written = text.value;
    sending = true;
    say(work, 'saving');
    try {
      const answer = await fetch(work.dataset.draft, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': work.elements.namedItem('_csrf').value },
        body: JSON.stringify({ text: written }),
        keepalive: written.length < 20_000,
      });
      if (answer.ok) {
        const { savedAt } = await answer.json();
        saved = written;
        forget(key);
        say(work, 'saved', timeOf(savedAt));
      } else {
        keep(key, written);
        say(work, answer.status === 401 || answer.status === 403 ? 'signedOut' : 'kept');
      }
    } catch {
      keep(key, written);
      say(work, 'kept');
      setTimeout(later, 15_000, 0);
    }
    sending = false;
    later(2000);
  }
}

function showCount(work, text) {
  const { min, max, words } = work.dataset;
  // As the server counts: what stands between spaces and holds a letter or a figure.
  const count = text.value.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
  const line = work.querySelector('[data-count]');
  line.hidden = false;
  line.textContent = words.replace('__', count.toLocaleString(document.documentElement.lang));
  line.classList.toggle('over', count > Number(max));
  line.classList.toggle('under', count < Number(min));
}

function showFileProblem(work) {
  const [file] = work.elements.namedItem('file').files;
  const { largest, endings, tooLarge, refused, empty } = work.dataset;
  const ending = file?.name.split('.').pop().toLowerCase().replace(/^jpeg$/, 'jpg');
  const problem = !file ? '' : file.size === 0 ? empty : file.size > Number(largest) * 1024 * 1024 ? tooLarge
    : endings.split(',').includes(ending) ? '' : refused;
  const line = work.querySelector('[data-file-problem]');
  line.hidden = problem === '';
  line.querySelector('span').textContent = problem;
  if (problem) work.elements.namedItem('file').focus();
  return problem !== '';
}

function offerKept(work, text, key, restored) {
  const kept = localStorage.getItem(key);
  const offer = document.querySelector('[data-restore]');
  if (kept === null || kept === text.value) {
    forget(key);
    return;
  }
  offer.hidden = false;
  offer.querySelector('[data-restore-yes]').addEventListener('click', () => {
    text.value = kept;
    showCount(work, text);
    offer.hidden = true;
    text.focus();
    restored();
  });
  offer.querySelector('[data-restore-no]').addEventListener('click', () => {
    forget(key);
    offer.hidden = true;
  });
}

function say(work, what, time = '') {
  const receipt = work.querySelector('[data-receipt]');
  receipt.className = `receipt${what === 'kept' || what === 'saving' ? ' waiting' : what === 'signedOut' ? ' failed' : ''}`;
  receipt.textContent = work.dataset[what].replace('__', time);
}

function timeOf(instant) {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'medium' }).format(new Date(instant));
}

function keep(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // A full or forbidden store: the text is still in the page.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
