import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Published content. Everything that hangs on a course_version is written once and never changed. */
export class Courses1790000000005 implements MigrationInterface {
  name = 'Courses1790000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE course (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code text NOT NULL UNIQUE,
        slug text NOT NULL UNIQUE
      );

      CREATE TABLE course_version (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_id integer NOT NULL REFERENCES course (id),
        number integer NOT NULL,
        content_sha256 text NOT NULL,
        title jsonb NOT NULL,
        summary jsonb NOT NULL,
        periods integer NOT NULL CHECK (periods > 0),
        validity_months integer,
        competences jsonb NOT NULL,
        outcomes jsonb NOT NULL,
        quiz jsonb,                             -- {questions, pass, minutes, attempts, wait}
        completion jsonb NOT NULL,              -- {lessons, quiz, assignment}
        assignment jsonb,
        published_at timestamptz NOT NULL,
        published_by bigint,
        UNIQUE (course_id, number)
      );

      -- How many periods of which criterion a completion proves.
      CREATE TABLE course_proof (
        course_version_id integer NOT NULL REFERENCES course_version (id),
        criterion text NOT NULL,
        periods integer NOT NULL CHECK (periods > 0),
        PRIMARY KEY (course_version_id, criterion)
      );

      CREATE TABLE lesson (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_version_id integer NOT NULL REFERENCES course_version (id),
        position smallint NOT NULL,
        code text NOT NULL,
        slug text NOT NULL,
        title jsonb NOT NULL,
        minutes smallint NOT NULL,
        outcomes jsonb NOT NULL,
        contents jsonb NOT NULL,                -- {vi: {summary, checks, sources, markdown, html, listen}, en?: …}
        UNIQUE (course_version_id, position),
        UNIQUE (course_version_id, code)
      );

      CREATE TABLE question (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_version_id integer NOT NULL REFERENCES course_version (id),
        key text NOT NULL,                      -- the author's id, the same in every version
        type text NOT NULL,
        outcome text NOT NULL,
        difficulty smallint NOT NULL,
        kind text NOT NULL,
        content jsonb NOT NULL,                 -- stem, options, answer key and feedback
        UNIQUE (course_version_id, key)
      );

      CREATE TABLE course_media (
        course_version_id integer NOT NULL REFERENCES course_version (id),
        name text NOT NULL,
        media_type text NOT NULL,
        body bytea NOT NULL,
        PRIMARY KEY (course_version_id, name)
      );

      CREATE TABLE programme (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        code text NOT NULL UNIQUE,
        slug text NOT NULL UNIQUE
      );

      CREATE TABLE programme_version (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        programme_id integer NOT NULL REFERENCES programme (id),
        number integer NOT NULL,
        content_sha256 text NOT NULL,
        title jsonb NOT NULL,
        summary jsonb NOT NULL,
        audience jsonb NOT NULL,                -- {groups: […], text: {vi, en}}
        periods integer NOT NULL,
        criteria jsonb NOT NULL,
        outcomes jsonb NOT NULL,
        competences jsonb,
        certificate boolean NOT NULL,
        published_at timestamptz NOT NULL,
        published_by bigint,
        UNIQUE (programme_id, number)
      );

      -- A course in preparation has no row in course yet, and is never required.
      CREATE TABLE programme_course (
        programme_version_id integer NOT NULL REFERENCES programme_version (id),
        position smallint NOT NULL,
        course_code text NOT NULL,
        course_id integer REFERENCES course (id),
        requirement text NOT NULL CHECK (requirement IN ('required', 'elective', 'preparation')),
        title jsonb,                            -- of a course in preparation, which has no version to take them from
        periods smallint,
        PRIMARY KEY (programme_version_id, position),
        UNIQUE (programme_version_id, course_code),
        CHECK (requirement = 'preparation' OR course_id IS NOT NULL)
      );
      CREATE INDEX ix_programme_course_course ON programme_course (course_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE programme_course, programme_version, programme, course_media, question, lesson,
      course_proof, course_version, course`);
  }
}
