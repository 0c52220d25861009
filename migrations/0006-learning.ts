import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Classes, study and its evidence. Enrolment only assigns; study belongs to the course run (person × course × cycle),
 * pinned to the version that was seen. Rows of evidence are added, never rewritten; the unique keys carry the promises.
 */
export class Learning1790000000006 implements MigrationInterface {
  name = 'Learning1790000000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE cohort (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        programme_version_id integer NOT NULL REFERENCES programme_version (id),
        agency_id integer NOT NULL REFERENCES agency (id),
        title text NOT NULL,
        opens date NOT NULL,
        due date NOT NULL,
        request_key text UNIQUE,                -- the same form sent twice makes one class
        created_by bigint,
        created_at timestamptz NOT NULL,
        CHECK (opens <= due)
      );
      CREATE INDEX ix_cohort_agency ON cohort (agency_id, id);

      CREATE TABLE enrolment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        cohort_id bigint NOT NULL REFERENCES cohort (id),
        person_id bigint NOT NULL REFERENCES person (id),
        agency_id integer NOT NULL REFERENCES agency (id), -- the agency of the post that was assigned
        assigned_by bigint,
        assigned_at timestamptz NOT NULL,
        withdrawn_by bigint,
        withdrawn_at timestamptz,
        UNIQUE (cohort_id, person_id)
      );
      CREATE INDEX ix_enrolment_person ON enrolment (person_id);

      CREATE TABLE due_extension (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        enrolment_id bigint NOT NULL REFERENCES enrolment (id),
        due date NOT NULL,
        reason text NOT NULL,
        granted_by bigint,
        granted_at timestamptz NOT NULL
      );
      CREATE INDEX ix_due_extension_enrolment ON due_extension (enrolment_id, id);

      CREATE TABLE course_run (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL REFERENCES person (id),
        course_id integer NOT NULL REFERENCES course (id),
        cycle smallint NOT NULL DEFAULT 1 CHECK (cycle > 0),
        course_version_id integer NOT NULL REFERENCES course_version (id),
        opened_at timestamptz NOT NULL,
        UNIQUE (person_id, course_id, cycle)
      );

      CREATE TABLE lesson_visit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_run_id bigint NOT NULL REFERENCES course_run (id),
        lesson_id integer NOT NULL REFERENCES lesson (id),
        kind text NOT NULL CHECK (kind IN ('opened', 'finished')),
        at timestamptz NOT NULL,
        UNIQUE (course_run_id, lesson_id, kind)
      );

      CREATE TABLE quiz_attempt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_run_id bigint NOT NULL REFERENCES course_run (id),
        course_version_id integer NOT NULL REFERENCES course_version (id),
        number integer NOT NULL CHECK (number > 0),
        seed bigint NOT NULL,                   -- draws the questions and shuffles the options
        question_keys jsonb NOT NULL,           -- in the order shown
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        closed_at timestamptz,                  -- when it was handed in, or its deadline
        closed_by text CHECK (closed_by IN ('learner', 'deadline')),
        score numeric(5, 2),                    -- 0 to 100
        passed boolean,
        marks jsonb,                            -- share of each question earned, 0 to 1, by key
        graded_at timestamptz,
        UNIQUE (course_run_id, number),
        CHECK ((closed_at IS NULL) = (graded_at IS NULL) AND (closed_at IS NULL) = (score IS NULL))
      );
      CREATE UNIQUE INDEX uq_quiz_attempt_open ON quiz_attempt (course_run_id) WHERE closed_at IS NULL;
      CREATE INDEX ix_quiz_attempt_deadline ON quiz_attempt (deadline_at) WHERE closed_at IS NULL;

      CREATE TABLE quiz_answer (
        attempt_id bigint NOT NULL REFERENCES quiz_attempt (id),
        sequence integer NOT NULL,
        question_key text NOT NULL,
        answer jsonb NOT NULL,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, sequence)
      );

      -- One more attempt after the last one failed, granted by a coordinator.
      CREATE TABLE quiz_allowance (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_run_id bigint NOT NULL REFERENCES course_run (id),
        after_attempt integer NOT NULL,
        reason text NOT NULL,
        granted_by bigint,
        granted_at timestamptz NOT NULL,
        UNIQUE (course_run_id, after_attempt)
      );

      CREATE TABLE assignment_draft (
        course_run_id bigint PRIMARY KEY REFERENCES course_run (id),
        text text NOT NULL,
        saved_at timestamptz NOT NULL
      );
      CREATE TABLE assignment_submission (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_run_id bigint NOT NULL REFERENCES course_run (id),
        number smallint NOT NULL CHECK (number IN (1, 2)),
        text text NOT NULL,
        file_id bigint REFERENCES stored_file (id),
        handed_in_at timestamptz NOT NULL,
        UNIQUE (course_run_id, number)
      );
      CREATE INDEX ix_assignment_submission_waiting ON assignment_submission (handed_in_at);
      CREATE TABLE assignment_marking (
        submission_id bigint PRIMARY KEY REFERENCES assignment_submission (id),
        assessor_account_id bigint NOT NULL REFERENCES account (id),
        levels jsonb NOT NULL,                  -- {criterion: 1..4}
        remark text NOT NULL,
        passed boolean NOT NULL,
        marked_at timestamptz NOT NULL
      );

      CREATE TABLE course_completion (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        course_run_id bigint NOT NULL UNIQUE REFERENCES course_run (id),
        person_id bigint NOT NULL REFERENCES person (id),
        course_id integer NOT NULL REFERENCES course (id),
        course_version_id integer NOT NULL REFERENCES course_version (id),
        completed_on date NOT NULL,
        completed_at timestamptz NOT NULL,
        rule_version smallint NOT NULL,
        evidence jsonb NOT NULL                 -- ids of the visits, the attempt and the marking it rests on
      );
      CREATE INDEX ix_course_completion_person ON course_completion (person_id);

      CREATE TABLE programme_completion (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL REFERENCES person (id),
        programme_id integer NOT NULL REFERENCES programme (id),
        programme_version_id integer NOT NULL REFERENCES programme_version (id),
        cycle smallint NOT NULL DEFAULT 1,
        completed_on date NOT NULL,
        completed_at timestamptz NOT NULL,
        evidence jsonb NOT NULL,                -- ids of the course completions it rests on
        UNIQUE (person_id, programme_id, cycle)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE programme_completion, course_completion, assignment_marking,
      assignment_submission, assignment_draft, quiz_allowance, quiz_answer, quiz_attempt, lesson_visit, course_run,
      due_extension, enrolment, cohort`);
  }
}
