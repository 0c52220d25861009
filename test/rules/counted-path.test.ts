import { provedBy } from '../../src/rules/counted-path.js';
import { cases } from '../support/cases.js';

const courseOf = (text: string) => ({
  proves: text.split(' + ').map((proof) => {
    const [criterion = '', periods] = proof.trim().split(' ');
    return { criterion, periods: Number(periods) };
  }),
});

describe('what a set of courses proves', () => {
  it.each(cases('counted-path'))('$case', ({ courses = '', criterion = '', minimum, periods, enough }) => {
    const set = courses === '' ? [] : courses.split(' / ').map(courseOf);
    expect(provedBy(set, [{ id: criterion, minimum: Number(minimum) }])).toEqual([
      { criterion, minimum: Number(minimum), periods: Number(periods), enough: enough === 'yes' },
    ]);
  });
});
