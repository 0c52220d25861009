import type { Language } from '../platform/config.js';

/**
 * Where each province stands on the tile map (official code: column from the west, row from the north),
 * and which step of the scale a rate takes. Hoàng Sa and Trường Sa are drawn by the partial.
 */
const places: Record<string, readonly [column: number, row: number]> = {
  '12': [0, 0], '15': [1, 0], '08': [2, 0], '04': [3, 0],
  '11': [0, 1], '25': [1, 1], '19': [2, 1], '20': [3, 1],
  '14': [0, 2], '01': [1, 2], '24': [2, 2], '22': [3, 2],
  '37': [1, 3], '33': [2, 3], '31': [3, 3],
  '38': [1, 4], '40': [1, 5], '42': [2, 5],
  '44': [2, 6], '46': [3, 6], '48': [3, 7], '51': [3, 8], '52': [3, 9], '66': [3, 10],
  '75': [2, 11], '68': [3, 11], '56': [4, 11],
  '80': [1, 12], '79': [2, 12],
  '91': [0, 13], '82': [1, 13], '86': [2, 13],
  '96': [0, 14], '92': [1, 14],
};

/** Lower bounds of the steps below the target, in tenths of a per cent. Step 6 is kept for "target met". */
export const RATE_STEPS = [0, 200, 350, 500, 600] as const;

export type RateStep = 1 | 2 | 3 | 4 | 5 | 6;

/**
 * The step of the scale, 1 to 6; null when nothing is declared, so that it is never drawn as 0 %.
 * @param rate tenths of a per cent, already rounded down by the rule
 * @param target tenths of a per cent, for example 700
 */
export function rateStep(rate: number | null, target: number): RateStep | null {
  if (rate === null) return null;
  if (rate >= target) return 6;
  return RATE_STEPS.filter((bound) => rate >= bound).length as RateStep;
}

export interface ProvinceRate {
  code: string;
  name: string;
  href: string;
  /** Tenths of a per cent; null when not declared. */
  rate: number | null;
}

export interface Tile extends ProvinceRate {
  column: number;
  row: number;
  step: RateStep | null;
  met: boolean;
  /** The figure as read in the language, without the sign: "46,2". */
  value: string;
}

/**
 * Tiles for `{{> tile-map}}`, north to south, so that they are also read in a sensible order.
 * A code without a place on the map (a province that no longer stands) is left out: it stays in the list beside it.
 * @param target tenths of a per cent
 */
export function tileMap(provinces: readonly ProvinceRate[], target: number, lang: Language): Tile[] {
  return provinces
    .flatMap((province) => {
      const place = places[province.code];
      if (!place) return [];
      const step = rateStep(province.rate, target);
      return [{ ...province, column: place[0], row: place[1], step, met: step === 6, value: figure(province.rate, lang) }];
    })
    .sort((a, b) => a.row - b.row || a.column - b.column);
}

function figure(rate: number | null, lang: Language): string {
  return rate === null ? '' : `${Math.floor(rate / 10)}${lang === 'vi' ? ',' : '.'}${rate % 10}`;
}
