import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates, recognised prior learning, what is measured, the derived trained intervals, and messages. */
export class Credentials1790000000007 implements MigrationInterface {
  name = 'Credentials1790000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SEQUENCE certificate_number_seq AS bigint;
      CREATE TABLE certificate (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        number text NOT NULL UNIQUE,
        verify_code text NOT NULL UNIQUE,
        person_id bigint NOT NULL REFERENCES person (id),
        course_completion_id bigint UNIQUE REFERENCES course_completion (id),
        programme_completion_id bigint UNIQUE REFERENCES programme_completion (id),
        facts jsonb NOT NULL,                   -- frozen as issued: name, post, agency, title, periods, result, dates
        issued_on date NOT NULL,
        issued_at timestamptz NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        superseded_by bigint REFERENCES certificate (id),
        trial boolean NOT NULL,
        CHECK (num_nonnulls(course_completion_id, programme_completion_id) = 1)
      );
      CREATE INDEX ix_certificate_person ON certificate (person_id, id);

      CREATE TABLE certificate_revocation (
        certificate_id bigint PRIMARY KEY REFERENCES certificate (id),
        reason text NOT NULL,
        revoked_by bigint,
        revoked_at timestamptz NOT NULL
      );

      -- Training held elsewhere, recognised by somebody outside the person's agency.
      CREATE TABLE recognised_learning (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL REFERENCES person (id),
        criterion text NOT NULL,
        periods integer NOT NULL CHECK (periods > 0),
        title text NOT NULL,
        evidence text NOT NULL,
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        decided_by bigint,
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity',
        CHECK (valid_from < valid_to)
      );
      CREATE INDEX ix_recognised_learning_person ON recognised_learning (person_id);

      -- What is measured: targets and the counting rule, versioned; the text is in courses/targets.yaml.
      CREATE TABLE target_version (
        target text NOT NULL,
        rule_version smallint NOT NULL,
        definition jsonb NOT NULL,
        content_sha256 text NOT NULL,
        published_at timestamptz NOT NULL,
        PRIMARY KEY (target, rule_version)
      );

      -- Derived by rules/coverage from completions and recognised learning: when a person holds all criteria of a
      -- target. Future ends are in it, so midnight needs no event. A nightly recount must find nothing to change.
      CREATE TABLE trained_interval (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL REFERENCES person (id),
        target text NOT NULL,
        rule_version smallint NOT NULL,
        valid_from date NOT NULL,
        valid_to date NOT NULL DEFAULT 'infinity',
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz NOT NULL DEFAULT 'infinity',
        CHECK (valid_from < valid_to),
        CONSTRAINT trained_interval_disjoint EXCLUDE USING gist
          (person_id WITH =, target WITH =, rule_version WITH =, daterange(valid_from, valid_to) WITH &&)
          WHERE (superseded_at = 'infinity')
      );
      CREATE INDEX ix_trained_interval_current ON trained_interval (target, rule_version, person_id)
        INCLUDE (valid_from, valid_to) WHERE superseded_at = 'infinity';
      CREATE INDEX ix_trained_interval_person ON trained_interval (person_id, target);

      -- What is told to people. once_key makes each message happen once, however often its cause is repeated.
      CREATE TABLE message (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account (id),
        kind text NOT NULL,
        params jsonb NOT NULL,
        once_key text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        read_at timestamptz
      );
      CREATE INDEX ix_message_account ON message (account_id, id);
      CREATE TABLE mail (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        recipient text NOT NULL,
        language text NOT NULL,
        kind text NOT NULL,
        params jsonb NOT NULL,                  -- emptied once sent: it may hold a one-time code
        once_key text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        failed_at timestamptz
      );
      CREATE INDEX ix_mail_waiting ON mail (id) WHERE sent_at IS NULL AND failed_at IS NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE mail, message, trained_interval, target_version, recognised_learning,
      certificate_revocation, certificate; DROP SEQUENCE certificate_number_seq`);
  }
}
