// Keeps on this device how far a lesson was read, and offers to go on from there. The server keeps only that the lesson
// was opened and finished; where the eye was is nobody else's business.
const article = document.querySelector('[data-lesson]');
const offer = document.querySelector('[data-go-on]');
const headings = [...(article?.querySelectorAll('h2[id], h3[id]') ?? [])];
const key = `lan-toa-lesson:${article?.dataset.lesson}`;

function read() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; reading goes on without it
  }
}

function keep(id) {
  try {
    localStorage.setItem(key, id);
  } catch {
    // as above
  }
}

let furthest = headings.findIndex((heading) => heading.id === read());

if (furthest > 0 && offer && !location.hash) {
  const heading = headings[furthest];
  const words = offer.querySelector('[data-text]');
  words.textContent = words.dataset.text.replace('{heading}', heading.textContent.trim());
  offer.querySelector('a').href = `#${heading.id}`;
  offer.hidden = false;
}

const seen = () => {
  const edge = window.innerHeight * 0.6;
  let last = -1;
  headings.forEach((heading, index) => {
    if (heading.getBoundingClientRect().top < edge) last = index;
  });
  if (last <= furthest) return;
  furthest = last;
  keep(headings[last].id);
};

let waiting = false;
window.addEventListener('scroll', () => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    seen();
  }, 200);
}, { passive: true });
