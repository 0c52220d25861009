import { Injectable } from '@nestjs/common';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';

/** The only place that asks the machine what time it is. Everything else is given the time. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today in Viet Nam. */
  today(): CivilDate {
    return civilDateOf(this.now());
  }
}
