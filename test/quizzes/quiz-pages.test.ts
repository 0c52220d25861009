import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { csrfOf, signInPages, type PageAgent } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let t: TestApp;
let course: FixtureCourse;
let people = 0;

beforeAll(async () => {
  t = await createTestApp();
  course = await fixtureCourse(t.database, { quiz: { questions: 8 } });
});
beforeEach(() => t.clock.set('2026-11-20T14:00:00+07:00'));
afterAll(() => t.close());

async function someone(): Promise<PageAgent> {
  people += 1;
  await t.world.account(`nguoi.${people}`, await t.world.agency(`A${people}`));
  return signInPages(t.app, `nguoi.${people}`);
}

async function begun(agent: PageAgent, slug = course.slug): Promise<string> {
  const quiz = await agent.get(`/courses/${slug}/quiz`);
  const start = await agent.post(`/courses/${slug}/quiz/attempts`).type('form').send({ _csrf: csrfOf(quiz.text) });
  expect(start.status).toBe(303);
  return start.headers.location as string;
}

/** The question that a page shows: its form, and what is in the form. The others in the page are templates. */
function shown(html: string) {
  const form = html.slice(html.indexOf('<form method="post" action="/attempts/'), html.indexOf('<template'));
  return {
    form,
    action: /action="([^"]+)"/.exec(form)?.[1] ?? '',
    type: /data-type="([^"]+)"/.exec(form)?.[1] ?? '',
    number: Number(/data-number="(\d+)"/.exec(form)?.[1]),
    csrf: csrfOf(html),
    order: /name="order" value="([^"]*)"/.exec(form)?.[1] ?? '',
    checked: [...form.matchAll(/name="answer" value="([^"]+)" checked/g)].map(([, value]) => value),
  };
}

/** Goes through the dots until a question of the type is there. */
async function findType(agent: PageAgent, attempt: string, type: string) {
  for (let number = 1; number <= 8; number += 1) {
    const page = shown((await agent.get(`${attempt}?question=${number}`)).text);
    if (page.type === type) return page;
  }
  throw new Error(`No ${type}`);
}

async function send(agent: PageAgent, page: ReturnType<typeof shown>, fields: [string, string][]) {
  const body = new URLSearchParams([['_csrf', page.csrf], ...fields]);
  return agent.post(page.action).type('form').send(body.toString());
}

describe('before it begins', () => {
  test('says the rules and how many attempts there are, and makes nothing', async () => {
    const agent = await someone();
    const runs = await t.world.count('course_run');
    const page = await agent.get(`/courses/${course.slug}/quiz`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Còn 3 lượt làm bài');
    expect(page.text).toContain('8 câu, rút ngẫu nhiên');
    expect(page.text).toContain('Đạt từ 70/100 điểm');
    expect(page.text).toContain('chậm nhất 10 giây');
    expect(await t.world.count('course_run')).toBe(runs);
  });

  test('in English too', async () => {
    const agent = await someone();
    await agent.get('/language/en');
    const page = await agent.get(`/courses/${course.slug}/quiz`);
    expect(page.text).toContain('3 attempts left');
    expect(page.text).toContain('up to 10 seconds');
  });

  test('is not there for a course without one, and leads to sign-in first', async () => {
    const agent = await someone();
    expect((await agent.get('/courses/khong-co/quiz')).status).toBe(404);
    expect((await agent.get('/attempts/999999')).status).toBe(404);
    expect((await agent.get('/attempts/abc')).status).toBe(404);
  });
});

describe('answering without a script', () => {
  test('saves and goes on, question after question, to the page that hands in', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    for (let number = 1; number <= 8; number += 1) {
      const page = shown((await agent.get(`${attempt}?question=${number}`)).text);
      expect(page.number).toBe(number);
      const fields: [string, string][] =
        page.type === 'single' || page.type === 'multiple'
          ? [['answer', 'a']]
          : page.type === 'true-false'
            ? [['answer', 'true']]
            : page.type === 'matching'
              ? [
                  ['pair[1]', 'a'],
                  ['pair[2]', ''],
                  ['pair[3]', 'b'],
                ]
              : page.type === 'ordering'
                ? [
                    ['order', page.order],
                    ['place[a]', '4'],
                    ['place[b]', '2'],
                  ]
                : page.type === 'numeric'
                  ? [['value', '70,0']]
                  : [['value', 'Khẩn cấp']];
      const answer = await send(agent, page, fields);
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        number < 8 ? `${attempt}?question=${number + 1}` : `${attempt}/review`,
      ]);
      const again = await agent.get(`${attempt}?question=${number}`);
      expect(again.text).toContain(`Đã lưu lúc 14:00:00 · biên nhận số ${number}`);
    }
    const review = await agent.get(`${attempt}/review`);
    expect(review.text).toContain('Đã trả lời đủ 8 câu');
    const done = await agent.post(`${attempt}/submit`).type('form').send({ _csrf: csrfOf(review.text) });
    expect([done.status, done.headers.location]).toEqual([303, attempt]);
    const result = await agent.get(attempt);
    expect(result.text).toMatch(/(Chưa đạt|Đạt), \d+(,\d+)?\/100 điểm/);
    expect((await agent.get(`${attempt}/review`)).headers.location).toBe(attempt);
  });

  test('what was chosen is there again after the browser was closed', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = await findType(agent, attempt, 'multiple');
    await send(agent, page, [['answer', 'a'], ['answer', 'c'], ['go', String(page.number)]]);
    const elsewhere = await signInPages(t.app, `nguoi.${people}`);
    expect((await elsewhere.get(`/courses/${course.slug}/quiz`)).text).toContain(
      'Đang có một lượt làm dở, còn 30 phút',
    );
    expect(await begun(elsewhere)).toBe(attempt);
    expect(shown((await elsewhere.get(`${attempt}?question=${page.number}`)).text).checked).toEqual(['a', 'c']);
  });

  test('an item is moved by its buttons, and stays on the page', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = await findType(agent, attempt, 'ordering');
    expect(page.order).toBe('a,b,c,d');
    const moved = await send(agent, page, [['order', page.order], ['move', 'd:up']]);
    expect(moved.headers.location).toBe(`${attempt}?question=${page.number}`);
    const again = shown((await agent.get(moved.headers.location as string)).text);
    expect(again.order).toBe('a,b,d,c');
    await send(agent, again, [['order', again.order], ['move', 'a:up']]);
    expect(shown((await agent.get(moved.headers.location as string)).text).order).toBe('a,b,d,c');
  });

  test('left as it was shown, nothing is kept and no receipt is given', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const before = await t.world.count('quiz_answer');
    for (let number = 1; number <= 8; number += 1) {
      const page = shown((await agent.get(`${attempt}?question=${number}`)).text);
      expect((await send(agent, page, [['order', page.order], ['value', '']])).status).toBe(303);
    }
    expect(await t.world.count('quiz_answer')).toBe(before);
    const review = await agent.get(`${attempt}/review`);
    expect(review.text).toContain('Còn 8 câu chưa trả lời');
    expect(review.text).toContain('Vẫn nộp bài');
  });

  test('words for a number: the page again with what was typed, naming what to do', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = await findType(agent, attempt, 'numeric');
    const answer = await send(agent, page, [['value', 'bảy mươi <b>']]);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Nhập một số, ví dụ 70,5.');
    expect(answer.text).toContain('value="bảy mươi &lt;b&gt;"');
  });

  test('buttons lead back, to a number, to all; anything else stays', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = shown((await agent.get(`${attempt}?question=3`)).text);
    for (const [go, to] of [
      ['previous', '?question=2'],
      ['7', '?question=7'],
      ['review', '/review'],
      ['99', '?question=3'],
      ['//x', '?question=3'],
    ]) {
      expect((await send(agent, page, [['go', go as string]])).headers.location).toBe(`${attempt}${to}`);
    }
  });

  test('without its token a form is refused', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = shown((await agent.get(attempt)).text);
    expect((await agent.post(page.action).type('form').send({ answer: 'a' })).status).toBe(403);
  });

  test('nothing of the key is in the page, not in the templates either', async () => {
    const agent = await someone();
    const page = await agent.get(await begun(agent));
    expect(page.text).not.toMatch(/Phản hồi cho|Giải thích câu|Chưa đúng vì|data-correct|t1\.[12]a/i);
    expect([...page.text.matchAll(/<template data-question>/g)]).toHaveLength(7);
  });
});

describe('time', () => {
  test('an answer after the end leads to the result, graded on what was saved', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = await findType(agent, attempt, 'short-text');
    await send(agent, page, [['value', 'khẩn cấp']]);
    t.clock.advance({ minutes: 30, seconds: 11 });
    const late = await send(agent, page, [['value', 'khác']]);
    expect([late.status, late.headers.location]).toEqual([303, attempt]);
    const result = await agent.get(attempt);
    expect(result.text).toContain('Chưa đạt, 12,5/100 điểm');
    expect(result.text).toContain('Hết giờ lúc 20/11/2026 14:30');
    expect(result.text).toContain('Còn 2 lượt');
  });

  test('the page carries the seconds of the server, a silent timer, and no live region that ticks', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    t.clock.advance({ minutes: 26 });
    const page = await agent.get(attempt);
    expect(page.text).toContain('data-seconds="240"');
    expect(page.text).toMatch(/class="time low" role="timer" aria-live="off"/);
    expect(page.text).toContain('Làm bài đến 14:30:00.');
  });
});

describe('the result and what comes after it', () => {
  const handIn = async (agent: PageAgent) => {
    const attempt = await begun(agent);
    const review = await agent.get(`${attempt}/review`);
    await agent.post(`${attempt}/submit`).type('form').send({ _csrf: csrfOf(review.text) });
    return agent.get(attempt);
  };

  test('says what was chosen, what it earned, and keeps the key for later', async () => {
    const agent = await someone();
    const attempt = await begun(agent);
    const page = await findType(agent, attempt, 'short-text');
    await send(agent, page, [['value', 'ưu tiên']]);
    const review = await agent.get(`${attempt}/review`);
    await agent.post(`${attempt}/submit`).type('form').send({ _csrf: csrfOf(review.text) });
    const result = await agent.get(attempt);
    expect(result.text).toContain('ưu tiên');
    expect(result.text).toContain('Giải thích câu 7.');
    expect(result.text).toContain('Đáp án đầy đủ hiện khi đã đạt hoặc đã hết lượt.');
    expect(result.text).not.toContain('Giải thích câu 1.');
    expect(result.text).not.toContain('Đáp án:');
  });

  test('after the second the page says until when to wait; after the third that none is left', async () => {
    const agent = await someone();
    expect((await handIn(agent)).text).toContain('Còn 2 lượt');
    expect((await handIn(agent)).text).toContain('Lượt tiếp theo mở lúc 21/11/2026 14:00');
    const quiz = await agent.get(`/courses/${course.slug}/quiz`);
    expect(quiz.text).toContain('Lượt tiếp theo mở lúc 21/11/2026 14:00');
    expect(quiz.text).not.toContain('/quiz/attempts');
    const forced = await agent
      .post(`/courses/${course.slug}/quiz/attempts`)
      .type('form')
      .send({ _csrf: csrfOf(quiz.text) });
    expect([forced.status, forced.headers.location]).toEqual([303, `/courses/${course.slug}/quiz`]);
    t.clock.advance({ days: 1 });
    const last = await handIn(await signInPages(t.app, `nguoi.${people}`));
    expect(last.text).toContain('Đã hết lượt');
    expect(last.text).toContain('Đáp án:');
    expect(last.text).toContain('Giải thích câu 1.');
  });

  test('another person’s attempt has no page', async () => {
    const attempt = await begun(await someone());
    const other = await someone();
    expect((await other.get(attempt)).status).toBe(404);
    expect((await other.get(`${attempt}/review`)).status).toBe(404);
    const csrf = csrfOf((await other.get('/notice')).text);
    expect((await other.post(`${attempt}/submit`).type('form').send({ _csrf: csrf })).status).toBe(404);
    expect((await other.post(`${attempt}/answers/t1-001`).type('form').send({ _csrf: csrf, answer: 'a' })).status).toBe(
      404,
    );
  });
});
