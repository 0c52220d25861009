import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The dated tree. An agency is only an id; its code, name, type and parent are dated facts of it, kept on two
 * clocks: valid_from/valid_to say when a fact held (half-open, civil dates), recorded_at/superseded_at when we knew.
 */
export class Agencies1790000000002 implements MigrationInterface {
  name = 'Agencies1790000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agency (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE agency_version (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agency_id integer NOT NULL REFERENCES agency (id),
        code text NOT NULL,
        name_vi text NOT NULL,
        name_en text NOT NULL,
        search_name text NOT NULL,
        type text NOT NULL CHECK (type IN ('nation', 'ministry', 'ministerial-agency', 'government-agency',
          'province', 'city', 'department', 'unit', 'commune', 'ward', 'special-zone', 'party-body', 'press')),
        parent_id integer REFERENCES agency (id),
        legal_basis text,
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity',
        CHECK (valid_from < valid_to),
        CHECK (agency_id <> parent_id),
        CONSTRAINT agency_version_one_at_a_time EXCLUDE USING gist
          (agency_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (superseded_at = 'infinity'),
        -- Codes are used again (15 was Yên Bái and is now Lào Cai): unique at any one time only.
        CONSTRAINT agency_version_code_once EXCLUDE USING gist
          (code WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (superseded_at = 'infinity')
      );
      CREATE INDEX ix_agency_version_agency ON agency_version (agency_id, valid_from);
      CREATE INDEX ix_agency_version_parent ON agency_version (parent_id) WHERE superseded_at = 'infinity';
      CREATE INDEX ix_agency_version_search ON agency_version USING gin (search_name gin_trgm_ops)
        WHERE superseded_at = 'infinity';

      -- What became of what: the lineage of mergers, splits, renames, moves and abolitions.
      CREATE TABLE agency_edge (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'move', 'abolish')),
        effective date NOT NULL,
        from_agency_id integer NOT NULL REFERENCES agency (id),
        into_agency_id integer REFERENCES agency (id),
        legal_basis text,
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE INDEX ix_agency_edge_from ON agency_edge (from_agency_id, effective);
      CREATE INDEX ix_agency_edge_into ON agency_edge (into_agency_id, effective);

      -- Derived from agency_version: who stood under whom, when. Every agency stands under itself at depth 0.
      CREATE TABLE agency_closure (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        ancestor_id integer NOT NULL REFERENCES agency (id),
        descendant_id integer NOT NULL REFERENCES agency (id),
        depth smallint NOT NULL,
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity'
      );
      CREATE INDEX ix_agency_closure_down ON agency_closure (ancestor_id, descendant_id)
        INCLUDE (valid_from, valid_to, depth) WHERE superseded_at = 'infinity';
      CREATE INDEX ix_agency_closure_up ON agency_closure (descendant_id, ancestor_id)
        INCLUDE (valid_from, valid_to, depth) WHERE superseded_at = 'infinity';
      CREATE INDEX ix_agency_closure_history ON agency_closure (ancestor_id, recorded_at, superseded_at);

      -- A file that was read and shown, and is applied only when somebody confirms it.
      CREATE TABLE agency_import (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        file_name text NOT NULL,
        file_sha256 text NOT NULL,
        status text NOT NULL CHECK (status IN ('previewed', 'confirmed', 'discarded')),
        counts jsonb NOT NULL,
        rows jsonb NOT NULL,
        created_by bigint,
        created_at timestamptz NOT NULL,
        confirmed_by bigint,
        confirmed_at timestamptz
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE agency_import, agency_closure, agency_edge, agency_version, agency');
  }
}
