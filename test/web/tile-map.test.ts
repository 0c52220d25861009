import { rateStep, tileMap, type ProvinceRate } from '../../src/web/tile-map.js';

const province = (code: string, rate: number | null): ProvinceRate => ({ code, name: code, href: `/${code}`, rate });

describe('the tile map', () => {
  it.each([
    [null, null], [0, 1], [199, 1], [200, 2], [349, 2], [350, 3], [499, 3], [500, 4], [599, 4], [600, 5], [699, 5],
    [700, 6], [1000, 6],
  ])('shows %s tenths of a per cent as step %s against a target of 70 per cent', (rate, step) => {
    expect(rateStep(rate, 700)).toBe(step);
  });

  it('never shows a province without a roster as 0 per cent', () => {
    const [tile] = tileMap([province('96', null)], 700, 'vi');
    expect(tile).toMatchObject({ step: null, met: false, value: '' });
  });

  it('writes the figure as the language does', () => {
    expect(tileMap([province('01', 714)], 700, 'vi')[0]?.value).toBe('71,4');
    expect(tileMap([province('01', 714)], 700, 'en')[0]?.value).toBe('71.4');
  });

  it('has a place of its own for each of the 34 provinces, read from north to south', () => {
    const codes = ['01', '04', '08', '11', '12', '14', '15', '19', '20', '22', '24', '25', '31', '33', '37', '38', '40', '42', '44',
      '46', '48', '51', '52', '56', '66', '68', '75', '79', '80', '82', '86', '91', '92', '96'];
    const tiles = tileMap(codes.map((code) => province(code, 500)), 700, 'vi');
    expect(tiles.map((tile) => tile.code).sort()).toEqual(codes);
    expect(new Set(tiles.map((tile) => `${tile.column},${tile.row}`)).size).toBe(34);
    expect(tiles.map((tile) => tile.row)).toEqual(tiles.map((tile) => tile.row).sort((a, b) => a - b));
  });

  it('leaves a code that no longer stands to the list beside the map', () => {
    expect(tileMap([province('02', 500)], 700, 'vi')).toEqual([]);
  });
});
