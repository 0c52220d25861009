import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A programme may be a counted path: whoever completes it holds every criterion of a target. */
export class CountedPaths1790000000008 implements MigrationInterface {
  name = 'CountedPaths1790000000008';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE programme_version ADD COLUMN path_target text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE programme_version DROP COLUMN path_target');
  }
}
