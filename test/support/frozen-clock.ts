import { Clock } from '../../src/platform/clock.js';

/** Time stands still until a test moves it. The default is a working Friday afternoon in Viet Nam. */
export class FrozenClock extends Clock {
  private at: Date;

  constructor(at = '2026-11-20T14:00:00+07:00') {
    super();
    this.at = new Date(at);
  }

  override now(): Date {
    return new Date(this.at);
  }

  set(at: string | Date): void {
    this.at = new Date(at);
  }

  advance(step: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const seconds = (((step.days ?? 0) * 24 + (step.hours ?? 0)) * 60 + (step.minutes ?? 0)) * 60 + (step.seconds ?? 0);
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}
