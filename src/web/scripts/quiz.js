// The quiz in comfort: every answer is sent as it is given and shows the server's own receipt; without a connection it
// waits on this device and is sent when the connection is back, in the order in which it was given. Without this script
// each question is a form of its own and nothing is lost but comfort.
import { Outbox } from './outbox.js';

const form = document.querySelector('[data-quiz]');
const review = document.querySelector('[data-quiz-review]');
const root = form ?? review;
const attempt = form?.dataset.quiz ?? review?.dataset.quizReview;
const says = JSON.parse(root?.dataset.says ?? '{}');
const say = (name, values = {}) => (says[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
const token = () => document.querySelector('input[name="_csrf"]')?.value ?? '';

const announcer = document.querySelector('[data-announce]');
const banner = document.querySelector('[data-offline]');
const timer = document.querySelector('.time b');
const THRESHOLDS = [600, 300, 60];
const TYPING_PAUSE = 800;

let signedOut = false;

// --- The answers on their way -------------------------------------------------------------------------------------

const outbox = new Outbox(`lan-toa-quiz:${attempt}:`, async (key, body) => {
  const answer = await fetch(`/api/v1/attempts/${attempt}/answers/${encodeURIComponent(key)}`, {
    method: 'PUT', credentials: 'same-origin', keepalive: true,
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': token() },
    body: JSON.stringify(body),
  });
  // Busy or broken servers and lost sign-ins are tried again; a refusal is final and is said.
  signedOut = answer.status === 401 || answer.status === 403;
  if (signedOut || answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  return { ok: answer.ok, body: await answer.json().catch(() => ({})) };
});

outbox.onReceipt = (key, { ok, body }) => {
  if (ok) showReceipt(key, '', say('saved', { time: timeOf(body.savedAt), number: body.sequence }));
  else if (body.code === 'attempt-over') over();
  else showReceipt(key, 'failed', `${say('failed')} ${body.errors?.[0]?.detail ?? body.title ?? ''}`);
};
outbox.onGone = () => void lookAgain();
outbox.onChange = (unsent, failing) => {
  const shown = unsent > 0 && (failing || !navigator.onLine);
  if (!banner) return;
  banner.hidden = !shown;
  let count = banner.querySelector('[data-unsent]');
  if (!count) {
    count = document.createElement('b');
    count.dataset.unsent = '';
    banner.querySelector('p').append(' ', count);
  }
  const text = shown ? say(signedOut ? 'signed-out' : 'unsent', { count: unsent }) : '';
  if (count.textContent !== text) count.textContent = text;
  for (const key of shown ? outbox.keys() : []) showReceipt(key, 'waiting', say('waiting'));
};

const icons = document.querySelector('template[data-receipt-icons]');
const timeOf = (iso) => new Date(iso).toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' });

function showReceipt(key, state, words) {
  const line = nodes.find((node) => node.dataset.key === key)?.querySelector('[data-receipt]');
  if (!line || line.textContent === words) return;
  line.className = `receipt ${state}`.trim();
  const icon = icons?.content.querySelector(`[data-icon="${state || 'saved'}"] svg`)?.cloneNode(true);
  const text = document.createElement('span');
  text.textContent = words;
  line.replaceChildren(...(icon ? [icon] : []), text);
}

// --- The questions ------------------------------------------------------------------------------------------------

const place = form?.querySelector('[data-place]');
const first = place?.querySelector('.quiz-question');
const nodes = first ? [first, ...[...document.querySelectorAll('template[data-question]')]
  .map((template) => template.content.firstElementChild)]
  .sort((a, b) => Number(a.dataset.number) - Number(b.dataset.number)) : [];
let current = first;
let typing;

/** What a question's inputs say, as the API takes it; null for what was never touched. */
function given(node) {
  const checked = [...node.querySelectorAll('input[name="answer"]:checked')].map((input) => input.value);
  switch (node.dataset.type) {
    case 'single': return { option: checked[0] ?? null };
    case 'multiple': return { options: checked };
    case 'true-false': return { value: checked[0] === undefined ? null : checked[0] === 'true' };
    case 'matching': return { pairs: Object.fromEntries([...node.querySelectorAll('select')]
      .filter((select) => select.value).map((select) => [select.name.slice(5, -1), select.value])) };
    case 'ordering': return { order: node.querySelector('input[name="order"]').value.split(',') };
    default: return { value: node.querySelector('input[name="value"]').value };
  }
}

/** Puts an answer that waits on this device back into its question. */
function restore(node, body) {
  for (const input of node.querySelectorAll('input[name="answer"]')) {
    input.checked =
      input.value === body.option || input.value === String(body.value) || (body.options ?? []).includes(input.value);
  }
  for (const select of node.querySelectorAll('select[name^="pair"]'))
    select.value = body.pairs?.[select.name.slice(5, -1)] ?? '';
  if (body.order) arrange(node, body.order);
  const typed = node.querySelector('input[name="value"]');
  if (typed && typeof body.value === 'string') typed.value = body.value;
}

function isAnswered(node) {
  const body = given(node);
  if (node.dataset.type === 'ordering') return node.dataset.answered === 'yes';
  if (body.pairs) return Object.keys(body.pairs).length > 0;
  if (body.options) return body.options.length > 0;
  const value = body.option ?? body.value;
  return value !== null && value !== undefined && value !== '';
}

function keep(node) {
  outbox.put(node.dataset.key, given(node));
  dotsAgain();
}

function dotsAgain() {
  let done = 0;
  nodes.forEach((node, index) => {
    const answered = isAnswered(node);
    if (answered) done += 1;
    form.querySelectorAll('.dots button')[index]?.classList.toggle('answered', answered);
  });
  const count = form.querySelector('.done-count');
  if (count) count.textContent = say('answered-count', { done, total: nodes.length });
}

function show(number, push) {
  const node = nodes[number - 1];
  if (!node || node === current) return;
  flushTyping();
  current.replaceWith(node);
  current = node;
  form.action = node.dataset.action;
  form.querySelector('[data-previous]').hidden = number === 1;
  form.querySelector('[data-next]').hidden = number === nodes.length;
  form.querySelector('[data-finish]').hidden = number !== nodes.length;
  form.querySelectorAll('.dots button').forEach((dot, index) => {
    if (index === number - 1) dot.setAttribute('aria-current', 'step');
    else dot.removeAttribute('aria-current');
  });
  const title = node.querySelector('[data-question-no]').textContent;
  document.querySelector('[data-title]').textContent = title;
  document.title = `${title} – ${document.title.split(' – ').at(-1)}`;
  if (push) history.pushState({ number }, '', `${form.dataset.base}?question=${number}`);
  window.scrollTo({ top: 0 });
  node.querySelector('[data-question-no]').focus({ preventScroll: true });
}

function flushTyping() {
  if (!typing) return;
  clearTimeout(typing);
  typing = undefined;
  keep(current);
}

// --- Ordering: the numbers stay in step with what is seen ------------------------------------------------------------

function arrange(node, ids) {
  const list = node.querySelector('[data-order]');
  const items = new Map([...list.children].map((item) => [item.querySelector('select').name.slice(6, -1), item]));
  ids.forEach((id, index) => {
    const item = items.get(id);
    if (!item) return;
    list.append(item);
    item.querySelector('select').value = String(index + 1);
  });
  node.querySelector('input[name="order"]').value = ids.join(',');
  node.dataset.answered = 'yes';
}

function move(node, id, to, focus) {
  const ids = node.querySelector('input[name="order"]').value.split(',');
  const target = Math.min(Math.max(to, 0), ids.length - 1);
  ids.splice(target, 0, ...ids.splice(ids.indexOf(id), 1));
  arrange(node, ids);
  focus?.focus();
  const item = [...node.querySelectorAll('[data-order] li')][target];
  announce(say('moved', { item: item.querySelector('.grow').textContent, place: target + 1, count: ids.length }));
  keep(node);
}

// --- Time ---------------------------------------------------------------------------------------------------------

// Counted from the server's own seconds, not from this device's clock, which may be wrong by hours.
let begun = Date.now();
let serverSeconds = Number(root?.dataset.seconds ?? 0);
const secondsLeft = () => Math.max(0, serverSeconds - (Date.now() - begun) / 1000);
let lastSaid = Infinity;
let handing = false;

function announce(words) {
  if (announcer) announcer.textContent = words;
}

const leftInWords = (seconds) => (seconds > 90
  ? say('left-minutes', { minutes: Math.round(seconds / 60) })
  : say('left-seconds', { seconds: Math.round(seconds) }));

function tick() {
  const seconds = secondsLeft();
  const whole = Math.ceil(seconds);
  if (timer) timer.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  if (whole <= THRESHOLDS[1]) timer?.parentElement.classList.add('low');
  const threshold = THRESHOLDS.findLast((limit) => whole <= limit);
  if (threshold !== undefined && threshold < lastSaid) {
    lastSaid = threshold;
    announce(leftInWords(whole));
  }
  if (seconds === 0) void over();
}

/** Time is up: what waits is sent within the grace, then the attempt is handed in, as soon as there is a connection. */
async function over() {
  if (handing) return;
  handing = true;
  flushTyping();
  announce(say('over'));
  await outbox.flush();
  const sent = await fetch(`/api/v1/attempts/${attempt}/submit`, {
    method: 'POST', credentials: 'same-origin', headers: { 'x-csrf-token': token(), accept: 'application/json' },
  }).catch(() => null);
  if (sent) {
    outbox.clear();
    location.assign(`/attempts/${attempt}`);
    return;
  }
  if (banner) {
    banner.hidden = false;
    banner.querySelector('p').textContent = say('over-offline');
  }
  setTimeout(() => {
    handing = false;
    void over();
  }, 3000);
}

/** Back from sleep or from another tab: the server says again how long there is, and whether it is still open. */
async function lookAgain() {
  const answer = await fetch(`/api/v1/attempts/${attempt}`, {
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
  })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  if (!answer) return;
  if (answer.state === 'closed') {
    outbox.clear();
    location.assign(`/attempts/${attempt}`);
    return;
  }
  begun = Date.now();
  serverSeconds = answer.secondsLeft;
  for (const [key, { sequence, savedAt }] of Object.entries(answer.answers)) {
    if (outbox.waiting(key) === null) showReceipt(key, '', say('saved', { time: timeOf(savedAt), number: sequence }));
  }
}

// --- Wiring -------------------------------------------------------------------------------------------------------

if (form) {
  for (const node of nodes) {
    if (node.dataset.type === 'ordering' && node.querySelector('[data-receipt]').textContent.trim())
      node.dataset.answered = 'yes';
    const waiting = outbox.waiting(node.dataset.key);
    if (waiting) restore(node, waiting);
  }
  dotsAgain();

  place.addEventListener('change', (event) => {
    clearTimeout(typing);
    typing = undefined;
    const select = event.target.closest('[data-order] select');
    if (select) move(current, select.name.slice(6, -1), Number(select.value || 1) - 1, select);
    else keep(current);
  });
  place.addEventListener('input', (event) => {
    if (event.target.name !== 'value') return;
    clearTimeout(typing);
    typing = setTimeout(flushTyping, TYPING_PAUSE);
  });

  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (button?.name === 'move') {
      event.preventDefault();
      const [id, direction] = button.value.split(':');
      const at = current.querySelector('input[name="order"]').value.split(',').indexOf(id);
      move(current, id, at + (direction === 'up' ? -1 : 1), button);
      return;
    }
    const number = Number(current.dataset.number);
    const go = button?.value ?? 'next';
    const target = go === 'next' ? number + 1 : go === 'previous' ? number - 1 : Number(go);
    flushTyping();
    if (Number.isInteger(target) && target >= 1 && target <= nodes.length) {
      event.preventDefault();
      show(target, true);
      return;
    }
    // To the page that hands in: only once everything is with the server.
    event.preventDefault();
    void outbox.flush().then((all) => {
      if (all) location.assign(`${form.dataset.base}/review`);
      else announce(say('sending-first'));
    });
  });
  history.replaceState({ number: Number(current.dataset.number) }, '');
  window.addEventListener('popstate', (event) => {
    if (event.state?.number) show(event.state.number, false);
  });

  const ask = form.querySelector('[data-ask-time]');
  ask.hidden = false;
  ask.addEventListener('click', () => announce(leftInWords(secondsLeft())));
}

if (review) {
  review.querySelector('form').addEventListener('submit', (event) => {
    if (outbox.size === 0) return;
    event.preventDefault();
    announce(say('sending-first'));
    void outbox.flush().then((all) => {
      if (all) location.reload();
    });
  });
}

if (root) {
  window.addEventListener('online', () => void outbox.flush());
  window.addEventListener('pagehide', flushTyping);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookAgain();
  });
  void outbox.flush();
  tick();
  setInterval(tick, 1000);
}
