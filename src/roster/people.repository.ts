import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import { searchable, sortKey } from '../rules/names.js';

export interface Person {
  id: number;
  fullName: string;
  birthDate: CivilDate | null;
  email: string | null;
  phone: string | null;
  /** Last three digits of the national number; null where none is known. */
  nationalIdTail: string | null;
}

export interface PersonToWrite {
  fullName: string;
  birthDate: CivilDate | null;
  email: string | null;
  phone: string | null;
  nationalIdHash: string | null;
  nationalIdTail: string | null;
}

const BATCH = 5_000;
const COLUMNS = `pe.id, pe.full_name AS "fullName", pe.birth_date AS "birthDate", pe.email, pe.phone,
  pe.national_id_tail AS "nationalIdTail"`;

/** The rows of people. All writes of several people are one statement per batch. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly clock: Clock) {}

  find(tx: Tx, id: number, lock = false): Promise<Person | null> {
    return first<Person>(tx, `SELECT ${COLUMNS} FROM person pe WHERE pe.id = $1 ${lock ? 'FOR UPDATE' : ''}`, [id]);
  }

  byIds(tx: Tx, ids: readonly number[]): Promise<(Person & { nationalIdHash: string | null })[]> {
    return rows(tx, `SELECT ${COLUMNS}, pe.national_id_hash AS "nationalIdHash" FROM person pe WHERE pe.id = ANY($1)`, [
      ids,
    ]);
  }

  byNationalIds(tx: Tx, hashes: readonly string[]): Promise<{ id: number; nationalIdHash: string }[]> {
    return rows(tx, 'SELECT id, national_id_hash AS "nationalIdHash" FROM person WHERE national_id_hash = ANY($1)', [
      hashes,
    ]);
  }

  /** @returns the ids, in the order given */
  async add(tx: Tx, people: readonly PersonToWrite[]): Promise<number[]> {
    const ids = (
      await rows<{ id: number }>(
        tx,
        `SELECT nextval(pg_get_serial_sequence('person', 'id')) AS id FROM generate_series(1, $1::int)`,
        [people.length],
      )
    ).map((row) => row.id);
    for (let start = 0; start < people.length; start += BATCH) {
      const batch = people.slice(start, start + BATCH);
      const column = <T>(pick: (person: PersonToWrite) => T) => batch.map(pick);
      await tx.query(
        `INSERT INTO person (id, full_name, search_name, sort_name, birth_date, email, phone, national_id_hash,
                             national_id_tail, created_at, updated_at)
         OVERRIDING SYSTEM VALUE
         SELECT p.*, $10, $10 FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[],
                                          $7::text[], $8::text[], $9::text[]) AS p`,
        [
          ids.slice(start, start + BATCH),
          column((p) => p.fullName),
          column((p) => searchable(p.fullName)),
          column((p) => sortKey(p.fullName)),
          column((p) => p.birthDate),
          column((p) => p.email),
          column((p) => p.phone),
          column((p) => p.nationalIdHash),
          column((p) => p.nationalIdTail),
          this.clock.now(),
        ],
      );
    }
    return ids;
  }

  /** Replaces what is known of people. Who they were called is in the certificates that were issued, frozen. */
  async update(tx: Tx, people: readonly (PersonToWrite & { id: number })[]): Promise<void> {
    for (let start = 0; start < people.length; start += BATCH) {
      const batch = people.slice(start, start + BATCH);
      const column = <T>(pick: (person: PersonToWrite & { id: number }) => T) => batch.map(pick);
      await tx.query(
        `UPDATE person SET full_name = p.full_name, search_name = p.search_name, sort_name = p.sort_name,
                birth_date = p.birth_date, email = p.email, phone = p.phone, national_id_hash = p.hash,
                national_id_tail = p.tail, updated_at = $10
           FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::text[], $9::text[])
                AS p (id, full_name, search_name, sort_name, birth_date, email, phone, hash, tail)
          WHERE person.id = p.id`,
        [
          column((p) => p.id),
          column((p) => p.fullName),
          column((p) => searchable(p.fullName)),
          column((p) => sortKey(p.fullName)),
          column((p) => p.birthDate),
          column((p) => p.email),
          column((p) => p.phone),
          column((p) => p.nationalIdHash),
          column((p) => p.nationalIdTail),
          this.clock.now(),
        ],
      );
    }
  }
}
