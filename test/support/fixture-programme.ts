import type { Database } from '../../src/platform/database/database.js';
import { one } from '../../src/platform/database/sql.js';

export interface FixtureProgramme { programmeId: number; versionId: number; code: string; slug: string }

/** Inserts a programme of these courses (or its next version), written straight into the tables. */
export async function fixtureProgramme(
  database: Database, courses: { courseId: number; code: string; requirement?: 'required' | 'elective' | 'preparation' }[],
  options: { code?: string; title?: string } = {},
): Promise<FixtureProgramme> {
  const { code = 'T', title = 'Chương trình thử' } = options;
  const slug = `${code.toLowerCase()}-chuong-trinh-thu`;
  return database.inTransaction(async (tx) => {
    const programme = await one<{ id: number }>(tx,
      'INSERT INTO programme (code, slug) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET slug = excluded.slug RETURNING id', [code, slug]);
    const version = await one<{ id: number }>(tx,
      `INSERT INTO programme_version (programme_id, number, content_sha256, title, summary, audience, periods, criteria, outcomes,
         certificate, published_at)
       VALUES ($1, (SELECT count(*) + 1 FROM programme_version WHERE programme_id = $1), md5(random()::text), $2, $3, $4, 12,
         '["K1"]', '[]', true, '2026-01-05T02:00:00Z') RETURNING id`,
      [programme.id, { vi: title, en: `${title} (EN)` }, { vi: 'Tóm tắt.', en: 'A summary.' },
        { groups: ['grassroots-information'], text: { vi: 'Cán bộ cơ sở', en: 'Grassroots staff' } }]);
    for (const [index, course] of courses.entries()) {
      await tx.query(
        `INSERT INTO programme_course (programme_version_id, position, course_code, course_id, requirement) VALUES ($1, $2, $3, $4, $5)`,
        [version.id, index + 1, course.code, course.requirement === 'preparation' ? null : course.courseId, course.requirement ?? 'required']);
    }
    return { programmeId: programme.id, versionId: version.id, code, slug };
  });
}
