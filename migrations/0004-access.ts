import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts are a way to sign in; roles are granted over a part of the tree; every request checks its session. */
export class Access1790000000004 implements MigrationInterface {
  name = 'Access1790000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE account (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL UNIQUE REFERENCES person (id),
        username text NOT NULL,
        password_hash text,                     -- Argon2id; none until activated
        password_changed_at timestamptz,
        language text NOT NULL DEFAULT 'vi' CHECK (language IN ('vi', 'en')),
        totp_secret text,                       -- encrypted with SECRET_KEY
        totp_confirmed_at timestamptz,
        totp_last_step bigint,                  -- a code is accepted once
        notice_accepted_at timestamptz,         -- personal-data notice, Law 91/2025/QH15
        disabled_at timestamptz,
        disabled_by bigint,
        created_at timestamptz NOT NULL,
        created_by bigint
      );
      CREATE UNIQUE INDEX uq_account_username ON account (lower(username));

      CREATE TABLE role_grant (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account (id),
        role text NOT NULL CHECK (role IN ('coordinator', 'leader', 'author', 'assessor', 'national', 'administrator')),
        agency_id integer NOT NULL REFERENCES agency (id),
        granted_at timestamptz NOT NULL,
        granted_by bigint,
        revoked_at timestamptz,
        revoked_by bigint
      );
      CREATE UNIQUE INDEX uq_role_grant_live ON role_grant (account_id, role, agency_id) WHERE revoked_at IS NULL;
      CREATE INDEX ix_role_grant_agency ON role_grant (agency_id) WHERE revoked_at IS NULL;

      CREATE TABLE sign_in_session (
        id uuid PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account (id),
        generation integer NOT NULL DEFAULT 1,  -- of the refresh token; the token itself is derived, never stored
        rotated_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_because text,
        second_factor_at timestamptz,
        device text
      );
      CREATE INDEX ix_sign_in_session_account ON sign_in_session (account_id);

      CREATE TABLE one_time_code (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES account (id),
        purpose text NOT NULL CHECK (purpose IN ('activation', 'password-reset')),
        code_hash text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        created_by bigint,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        withdrawn_at timestamptz
      );
      CREATE INDEX ix_one_time_code_account ON one_time_code (account_id, purpose);

      -- Counters of rate-limiter-flexible, shared by all processes.
      CREATE TABLE rate_limit (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );
      CREATE INDEX ix_rate_limit_expire ON rate_limit (expire);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE rate_limit, one_time_code, sign_in_session, role_grant, account');
  }
}
