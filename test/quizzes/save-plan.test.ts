import { SAVE_ANSWER } from '../../src/quizzes/index.js';
import { fixtureCourse } from '../support/fixture-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

interface Plan { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
const scans = (plan: Plan): string[] => [
  ...(plan['Relation Name'] && plan['Node Type'].includes('Scan')
    ? [`${plan['Node Type']} on ${plan['Relation Name']}`]
    : []),
  ...(plan.Plans ?? []).flatMap(scans),
];

test('saving an answer finds attempt and answers by their keys, however many there are', async () => {
  const course = await fixtureCourse(t.database);
  const person = await t.world.person();
  const tx = t.database.reader;
  await tx.query(
    `INSERT INTO person (full_name, search_name, sort_name, created_at, updated_at)
     SELECT 'Người ' || n, 'nguoi ' || n, 'n' || n, now(), now() FROM generate_series(1, 2000) n`);
  await tx.query(
    `INSERT INTO course_run (person_id, course_id, cycle, course_version_id, opened_at)
     SELECT id, $1, 1, $2, now() FROM person WHERE id <> $3`, [course.courseId, course.versionId, person.id]);
  await tx.query(
    `INSERT INTO quiz_attempt (course_run_id, course_version_id, number, seed, question_keys, started_at, deadline_at)
     SELECT id, $1, 1, id, '["t1-001"]', '2026-11-20T07:00:00Z', '2026-11-20T07:30:00Z' FROM course_run`,
    [course.versionId],
  );
  await tx.query(
    `INSERT INTO quiz_answer (attempt_id, sequence, question_key, answer, saved_at)
     SELECT id, n, 't1-00' || n % 8, '{"type": "short-text", "value": "a"}', now() FROM quiz_attempt, generate_series(1, 20) n`,
  );
  await tx.query('ANALYZE quiz_attempt, quiz_answer, course_run');
  const [{ id }] = await tx.query<[{ id: number }]>('SELECT max(id) AS id FROM quiz_attempt');

  const params = [id, 't1-001', '{"type": "short-text", "value": "b"}', new Date('2026-11-20T07:10:00Z')];
  const [explained] = await tx.query<[{ 'QUERY PLAN': [{ Plan: Plan }] }]>(
    `EXPLAIN (FORMAT JSON) ${SAVE_ANSWER}`,
    params,
  );
  const found = scans(explained['QUERY PLAN'][0].Plan);
  expect(found).toContain('Index Scan on quiz_attempt');
  expect(found.filter((scan) => scan.endsWith('quiz_answer')).length).toBeGreaterThanOrEqual(2);
  for (const scan of found) expect(scan).not.toMatch(/^(Parallel )?Seq Scan/);
  // And it does what it says.
  const [saved] = await tx.query<[{ open: boolean; added: boolean; sequence: number }]>(SAVE_ANSWER, params);
  expect(saved).toMatchObject({ open: true, added: true, sequence: 21 });
});
