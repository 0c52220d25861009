import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/sql.js';
import { badField, badFields, forbidden, notFound } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import { readRosterFields } from '../rules/roster-reading.js';
import { IdentityKeeper } from './identity.js';
import { PeopleRepository } from './people.repository.js';
import { heldElsewhere, personInScope } from './scope.js';
import './roster.facts.js';

export interface PersonEdit {
  fullName: string;
  birthDate: string;
  email: string;
  phone: string;
  /** Empty: the number that is known stays. */
  nationalId: string;
}

/**
 * Puts right who somebody is. Not for a coordinator in whose part of the tree the person holds only one of their
 * posts.
 */
@Injectable()
export class EditPerson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly identity: IdentityKeeper,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
  ) {}

  async run(personId: number, edit: PersonEdit, roots: readonly number[]): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const today = this.clock.today();
      await personInScope(tx, personId, roots, today);
      if (await heldElsewhere(tx, personId, roots, today)) throw forbidden('identity-not-yours');
      const [before] = await this.people.byIds(tx, [personId]);
      if (!before) throw notFound();
      const reading = readRosterFields(
        1,
        {
          full_name: edit.fullName,
          birth_date: edit.birthDate,
          email: edit.email,
          phone: edit.phone,
          national_id: edit.nationalId,
          position_title: '-',
          group: 'other',
        },
        { today, agencyCode: '', seal: (digits) => this.identity.seal(digits) },
      );
      if (reading.problems.length > 0)
        throw badFields(reading.problems.map(({ column, ...problem }) => ({ field: column, ...problem })));
      const after = {
        id: personId,
        fullName: reading.fullName,
        birthDate: reading.birthDate,
        email: reading.email || null,
        phone: reading.phone || null,
        nationalIdHash: reading.nationalIdHash ?? before.nationalIdHash,
        nationalIdTail: reading.nationalIdTail ?? before.nationalIdTail,
      };
      const fields = (['fullName', 'birthDate', 'email', 'phone', 'nationalIdHash'] as const).filter(
        (field) => before[field] !== after[field],
      );
      if (fields.length === 0) return;
      try {
        await this.people.update(tx, [after]);
      } catch (error) {
        if (isUniqueViolation(error, 'uq_person_national_id')) throw badField('national_id', 'national-id-taken');
        throw error;
      }
      await this.audit.record(tx, {
        action: 'person.edited',
        subjectKind: 'person',
        subjectId: personId,
        details: { fields },
      });
      await this.facts.publish(tx, 'roster-changed', { agencyIds: [], personIds: [personId] });
    });
  }
}
