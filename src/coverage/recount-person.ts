import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import { RecountPeople } from './recount-people.js';

/**
 * When the evidence of one person has changed (a course completed, learning recognised, a certificate revoked), their
 * trained periods are derived again in the same transaction: the next figure that anybody asks for is right.
 */
@Injectable()
export class RecountPerson {
  constructor(private readonly people: RecountPeople) {}

  async run(tx: Tx, fact: { personId: number; at: Date }): Promise<void> {
    await this.people.run(tx, [fact.personId], fact.at);
  }
}
