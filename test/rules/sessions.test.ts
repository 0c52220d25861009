import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { judgeRefresh, sessionEnd } from '../../src/rules/sessions.js';

/** `rotated` and `seen`: seconds ago; `expires`: in how many seconds. */
interface Case {
  case: string; generation: string; presented: string; rotated: string; seen: string; expires: string;
  revoked: 'yes' | 'no'; disabled: 'yes' | 'no'; answer: string;
}
const NOW = new Date('2026-11-20T07:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

test.each(parse<Case>(readFileSync(join(import.meta.dirname, 'cases', 'refresh.csv')), { columns: true }))('$case: $answer', (given) => {
  expect(judgeRefresh({
    generation: Number(given.generation), rotatedAt: at(-Number(given.rotated)), lastSeenAt: at(-Number(given.seen)),
    expiresAt: at(Number(given.expires)), revokedAt: given.revoked === 'yes' ? at(-1) : null, accountDisabled: given.disabled === 'yes',
  }, Number(given.presented), NOW)).toBe(given.answer);
});

test('of a session that does not exist: ended', () => {
  expect(judgeRefresh(null, 1, NOW)).toBe('ended');
});

test('a session lasts seven days with a role, thirty without', () => {
  expect(sessionEnd(NOW, true).toISOString()).toBe('2026-11-27T07:00:00.000Z');
  expect(sessionEnd(NOW, false).toISOString()).toBe('2026-12-20T07:00:00.000Z');
});
