import { coursesFolder, describeFinding } from '../../src/courses/index.js';
import { checkTraining, readProgrammes, readTargets } from '../../src/programmes/index.js';

/** Every course of the counted paths, and the awareness course. */
const READY = [
  'A1', 'A4', 'A5', 'A6', 'B2', 'B3', 'B4', 'B5', 'B6', 'C1', 'C2', 'C3', 'C4', 'C5', 'D1', 'D2', 'D3', 'D4', 'E1',
];

/** The training itself is part of the product: it is checked like code. */
describe('the courses of this repository', () => {
  it('have no errors', async () => {
    const { courses, findings } = await checkTraining(coursesFolder());
    const codes = courses.flatMap(({ course }) => (course ? [course.course.value.code] : []));
    expect(findings.filter((finding) => finding.severity === 'error').map((finding) => describeFinding('vi', finding))).toEqual([]);
    expect(codes.sort()).toEqual(READY);
  });

  it('offer a required course in the programmes that can be assigned, and declare the others', async () => {
    const programmes = (await readProgrammes(coursesFolder())).map((file) => file.programme?.value);
    expect(programmes.map((programme) => programme?.code)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'LT1', 'LT2', 'LT3']);
    const required = new Set(programmes.flatMap((programme) =>
      programme?.courses.flatMap((part) => ('required' in part && part.required ? [part.course] : [])) ?? []));
    expect([...required].sort()).toEqual(READY);
  });

  it('lead each of the three groups to both criteria by a counted path', async () => {
    const paths = (await readProgrammes(coursesFolder())).flatMap((file) => (file.programme?.value.path ? [file.programme.value] : []));
    expect(paths.map(({ path, audience, periods }) => [path, audience.groups, periods])).toEqual([
      ['t70-2030', ['communication'], 44], ['t70-2030', ['grassroots-information'], 44], ['t70-2030', ['external-information'], 46],
    ]);
  });

  it('measure the three targets with rule version 1', async () => {
    const { targets } = await readTargets(coursesFolder());
    const [main, early, awareness] = targets.map((target) => target.version);
    expect(main).toMatchObject({
      target: 't70-2030', ruleVersion: 1, isDefault: true, threshold: 70, deadline: '2030-12-31',
      groups: ['communication', 'grassroots-information', 'external-information'],
    });
    expect(main?.criteria.map(({ id, minimum }) => [id, minimum])).toEqual([['K1', 24], ['K2', 16]]);
    expect(early).toMatchObject({ target: 't70-2025', groups: ['communication'], threshold: 70 });
    expect(early?.criteria.map((criterion) => criterion.id)).toEqual(['K1']);
    expect(awareness).toMatchObject({ target: 't100-awareness', counts: 'headcount', threshold: 100, criteria: [] });
  });
});
