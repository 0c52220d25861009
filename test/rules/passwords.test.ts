import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { PASSWORD_MAX, PASSWORD_MIN, passwordProblem } from '../../src/rules/passwords.js';

interface Case { password: string; username: string; answer: string }
const cases = parse<Case>(readFileSync(join(import.meta.dirname, 'cases', 'passwords.csv')), { columns: true });

test.each(cases)('“$password” of $username: $answer', ({ password, username, answer }) => {
  expect(passwordProblem(password, username) ?? 'ok').toBe(answer);
});

test('length is counted in characters, from the shortest to the longest that is taken', () => {
  const letters = [...'một chuỗi chữ dài không lặp lại 🌱 rồi hết '];
  const of = (length: number) => Array.from({ length }, (_, place) => letters[place % letters.length]).join('');
  expect(passwordProblem(of(PASSWORD_MIN - 1), 'x')).toBe('password-too-short');
  expect(passwordProblem(of(PASSWORD_MIN), 'x')).toBeNull();
  expect(passwordProblem(of(PASSWORD_MAX), 'x')).toBeNull();
  expect(passwordProblem(of(PASSWORD_MAX + 1), 'x')).toBe('password-too-long');
});
