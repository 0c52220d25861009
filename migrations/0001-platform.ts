import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every feature stands on: the audit trail, stored files, and what kind of installation this is. */
export class Platform1790000000001 implements MigrationInterface {
  name = 'Platform1790000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;  -- exclusion of overlapping periods
      CREATE EXTENSION IF NOT EXISTS pg_trgm;     -- search for part of a name

      -- One row for the whole installation. A database that holds trial data can never be taken for a real one.
      CREATE TABLE installation (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        trial boolean NOT NULL,
        created_at timestamptz NOT NULL,
        filled_at timestamptz                   -- when the trial data were complete; null: go on filling at the next start
      );

      -- Who did what to whom. Details carry ids and codes, never names, answers or secrets.
      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        actor_account_id bigint,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        agency_id integer,
        details jsonb NOT NULL DEFAULT '{}',
        request_id text
      );
      CREATE INDEX ix_audit_entry_subject ON audit_entry (subject_kind, subject_id, id);
      CREATE INDEX ix_audit_entry_actor ON audit_entry (actor_account_id, id);
      CREATE INDEX ix_audit_entry_agency ON audit_entry (agency_id, id);

      -- Files live in the database so that several processes and one backup see the same thing.
      CREATE TABLE stored_file (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL CHECK (size >= 0),
        sha256 text NOT NULL,
        stored_by bigint,
        stored_at timestamptz NOT NULL
      );
      CREATE TABLE stored_file_part (
        file_id bigint NOT NULL REFERENCES stored_file (id) ON DELETE CASCADE,
        position integer NOT NULL,
        body bytea NOT NULL,
        PRIMARY KEY (file_id, position)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE stored_file_part, stored_file, audit_entry, installation');
  }
}
