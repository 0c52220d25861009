import { rings } from '../../src/web/rings.js';

describe('the rings of a course', () => {
  it('spread: finished parts lie inside whatever their order', () => {
    expect(rings(['todo', 'done', 'now', 'done']).map((ring) => ring.state)).toEqual(['done', 'done', 'now', 'todo']);
  });

  it.each([1, 2, 7, 20])('stay within the drawing for %i parts, each outside the one before', (count) => {
    const radii = rings(Array.from({ length: count }, () => 'todo' as const)).map((ring) => ring.radius);
    expect(radii).toHaveLength(count);
    expect(Math.max(...radii)).toBeLessThanOrEqual(56);
    expect(radii.every((radius, index) => index === 0 || radius > (radii[index - 1] ?? 0))).toBe(true);
  });

  it('draws nothing for a course without parts', () => {
    expect(rings([])).toEqual([]);
  });
});
