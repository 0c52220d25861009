import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';

const SEEDS = 2 ** 31;

/** The only chance there is in what people see: the seed by which an attempt draws and shuffles. Tests load it. */
@Injectable()
export class Dice {
  /** 0 to 2^31 − 1. Not for secrets: those come from node:crypto where they are made. */
  seed(): number {
    return randomInt(SEEDS);
  }
}
