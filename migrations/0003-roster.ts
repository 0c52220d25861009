import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People and the posts they hold. A person is one human being; a post is agency × title × one target group × period.
 * A change of a post supersedes its row and writes another: the old row stays, so any past figure can be asked again.
 */
export class Roster1790000000003 implements MigrationInterface {
  name = 'Roster1790000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE person (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        full_name text NOT NULL,
        search_name text NOT NULL,            -- without marks, for search
        sort_name text NOT NULL,              -- given name first, as Vietnamese lists are ordered
        birth_date date,
        email text,
        phone text,
        national_id_hash text,                -- HMAC-SHA-256 with IDENTITY_KEY; the number itself is never kept
        national_id_tail text,                -- last three digits, so that a person can recognise it
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX uq_person_national_id ON person (national_id_hash);
      CREATE INDEX ix_person_search ON person USING gin (search_name gin_trgm_ops);
      CREATE INDEX ix_person_sort ON person (sort_name COLLATE "C", id);

      CREATE SEQUENCE post_id_seq AS bigint;
      CREATE TABLE post (
        version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        post_id bigint NOT NULL DEFAULT nextval('post_id_seq'),
        person_id bigint NOT NULL REFERENCES person (id),
        agency_id integer NOT NULL REFERENCES agency (id),
        staff_code text,
        position_title text NOT NULL,
        target_group text NOT NULL CHECK (target_group IN ('communication', 'grassroots-information',
          'external-information', 'leader', 'official', 'press', 'other')),
        on_leave boolean NOT NULL DEFAULT false, -- long leave: the post is held but not counted
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity',
        recorded_by bigint,
        import_id bigint,
        CHECK (valid_from < valid_to),
        CONSTRAINT post_one_version_at_a_time EXCLUDE USING gist
          (post_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (superseded_at = 'infinity'),
        CONSTRAINT post_staff_code_once EXCLUDE USING gist
          (agency_id WITH =, staff_code WITH =, person_id WITH <>, daterange(valid_from, valid_to) WITH &&)
          WHERE (superseded_at = 'infinity' AND staff_code IS NOT NULL)
      );
      -- Counting reads nothing but this index.
      CREATE INDEX ix_post_counted ON post (agency_id, valid_from, valid_to) INCLUDE (person_id, target_group)
        WHERE superseded_at = 'infinity' AND NOT on_leave;
      CREATE INDEX ix_post_person ON post (person_id, valid_from);
      CREATE INDEX ix_post_staff_code ON post (agency_id, staff_code) WHERE superseded_at = 'infinity';
      CREATE INDEX ix_post_history ON post (agency_id, recorded_at, superseded_at);
      CREATE INDEX ix_post_import ON post (import_id) WHERE import_id IS NOT NULL;

      -- Numbers an agency declares instead of listing people: its establishment, and the 100 % awareness target.
      CREATE TABLE headcount_declaration (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agency_id integer NOT NULL REFERENCES agency (id),
        measure text NOT NULL CHECK (measure IN ('establishment', 'officials', 'officials-informed')),
        target_group text,
        headcount integer NOT NULL CHECK (headcount >= 0),
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity',
        recorded_by bigint,
        CHECK (valid_from < valid_to)
      );
      CREATE UNIQUE INDEX uq_headcount_declaration ON headcount_declaration
        (agency_id, measure, coalesce(target_group, ''), valid_from) WHERE superseded_at = 'infinity';

      CREATE TABLE roster_import (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        agency_id integer NOT NULL REFERENCES agency (id),
        mode text NOT NULL CHECK (mode IN ('update', 'complete')),
        file_name text NOT NULL,
        file_sha256 text NOT NULL,
        status text NOT NULL CHECK (status IN ('previewed', 'confirmed', 'discarded')),
        counts jsonb NOT NULL,
        created_by bigint,
        created_at timestamptz NOT NULL,
        confirmed_by bigint,
        confirmed_at timestamptz
      );
      CREATE INDEX ix_roster_import_agency ON roster_import (agency_id, id);
      CREATE TABLE roster_import_row (
        import_id bigint NOT NULL REFERENCES roster_import (id) ON DELETE CASCADE,
        line integer NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'leaving', 'duplicate', 'error')),
        reading jsonb NOT NULL,                 -- what the file said, normalised; emptied after the retention period
        problems jsonb NOT NULL DEFAULT '[]',   -- [{column, code, params}]
        person_id bigint,
        post_id bigint,
        PRIMARY KEY (import_id, line)
      );

      -- "This is wrong about me": sent from one's own profile to the coordinator of one's agency.
      CREATE TABLE profile_report (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL REFERENCES person (id),
        message text NOT NULL,
        reported_at timestamptz NOT NULL,
        settled_at timestamptz,
        settled_by bigint,
        answer text
      );
      CREATE INDEX ix_profile_report_open ON profile_report (person_id) WHERE settled_at IS NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE profile_report, roster_import_row, roster_import, headcount_declaration, post,
      person; DROP SEQUENCE post_id_seq`);
  }
}
