import type { Page } from 'playwright-core';
import { Courses } from '../../src/courses/index.js';
import { one } from '../../src/platform/database/sql.js';
import type { Given } from '../../src/rules/asking.js';
import { shownOrder } from '../../src/rules/questions.js';
import { rightAnswer } from '../../src/trial/right-answer.js';
import type { TestApp } from './test-app.js';

/** Answers the attempt that the page shows as a person would: looks at each question, chooses, goes on. */
export async function answerAllRight(page: Page, test: TestApp): Promise<void> {
  const attemptId = Number(/\/attempts\/(\d+)/.exec(page.url())?.[1]);
  const { seed, versionId, count } = await one<{ seed: number; versionId: number; count: number }>(test.database.reader,
    `SELECT seed, course_version_id AS "versionId", jsonb_array_length(question_keys) AS count FROM quiz_attempt WHERE id = $1`, [attemptId]);
  const bank = await test.app.get(Courses).questions(test.database.reader, versionId);
  for (let number = 1; number <= count; number += 1) {
    const shown = page.locator('form .quiz-question');
    const key = await shown.getAttribute('data-key');
    const question = bank.find((candidate) => candidate.key === key);
    if (!question) throw new Error(`The page shows a question ${key} that the bank does not have.`);
    await give(page, rightAnswer(question, shownOrder(question, seed)));
    if (number === count) {
      await Promise.all([page.waitForURL(/\/review/), page.click('[data-finish]')]);
    } else {
      await page.click('[data-next]');
      await page.waitForFunction((before) => document.querySelector('form .quiz-question')?.getAttribute('data-key') !== before, key);
    }
  }
}

async function give(page: Page, given: Given): Promise<void> {
  const form = page.locator('form .quiz-question');
  if ('option' in given) await form.locator(`input[name=answer][value="${given.option}"]`).check();
  else if ('options' in given) for (const option of given.options) await form.locator(`input[name=answer][value="${option}"]`).check();
  else if ('pairs' in given) {
    for (const [left, right] of Object.entries(given.pairs)) await form.locator(`select[name="pair[${left}]"]`).selectOption(right);
  } else if ('order' in given) {
    for (const [index, item] of given.order.entries()) await form.locator(`select[name="place[${item}]"]`).selectOption(String(index + 1));
  } else if (typeof given.value === 'boolean') await form.locator(`input[name=answer][value="${given.value}"]`).check();
  else await form.locator('input[name=value]').fill(String(given.value));
}
