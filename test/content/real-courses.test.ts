import { coursesFolder, describeFinding } from '../../src/courses/index.js';
import { checkTraining, readProgrammes, readTargets } from '../../src/programmes/index.js';

/** The training itself is part of the product: it is checked like code. */
describe('the courses of this repository', () => {
  it('have no errors', async () => {
    const { courses, findings } = await checkTraining(coursesFolder());
    const codes = courses.flatMap(({ course }) => (course ? [course.course.value.code] : []));
    expect(findings.filter((finding) => finding.severity === 'error').map((finding) => describeFinding('vi', finding))).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining(['A1', 'B2', 'D1']));
  });

  it('offer a required course in the programmes that can be assigned, and declare the others', async () => {
    const programmes = (await readProgrammes(coursesFolder())).map((file) => file.programme?.value);
    expect(programmes.map((programme) => programme?.code)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    const required = programmes.flatMap((programme) =>
      programme?.courses.flatMap((part) => ('required' in part && part.required ? [part.course] : [])) ?? []);
    expect(required).toEqual(expect.arrayContaining(['A1', 'B2', 'D1']));
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
