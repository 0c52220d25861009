import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail is read newest first. */
export class AuditReading1790000000009 implements MigrationInterface {
  name = 'AuditReading1790000000009';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX ix_audit_entry_at ON audit_entry (at, id);
      CREATE INDEX ix_audit_entry_action ON audit_entry (action, at, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX ix_audit_entry_at, ix_audit_entry_action');
  }
}
