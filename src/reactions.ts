import type { INestApplication } from '@nestjs/common';
import { Facts } from './platform/facts.js';

/**
 * The one table of what follows from what. When a fact happens, these run, in this order, in the same transaction:
 * all of it is true, or none.
 */
export function wireReactions(app: INestApplication): void {
  const facts = app.get(Facts);
  void facts;
}
