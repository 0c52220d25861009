import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { Logger } from '../platform/logger.js';
import { checkCourses, isReady } from './check/check-courses.js';
import { contentOf } from './content.js';
import { coursesFolder } from './courses-folder.js';
import type { CourseFiles } from './files/course-files.js';
import { error, type Finding } from './files/finding.js';
import { courseFolders, hashCourse } from './files/read-course.js';
import { PublishingRepository } from './publishing.repository.js';

export interface Published {
  slug: string;
  state: 'published' | 'unchanged' | 'refused';
  /** Of the version that is now the latest; null while there is none. */
  number: number | null;
  /** Why it was refused. */
  findings: Finding[];
}

/**
 * Makes a new version of every course whose files have changed since its latest one. What was published stays as it
 * was; a course with errors is refused by itself and holds up no other. Runs at every start and does nothing twice.
 */
@Injectable()
export class PublishCourses {
  constructor(
    private readonly database: Database,
    private readonly repository: PublishingRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(root = coursesFolder()): Promise<Published[]> {
    const changed = await this.changedSlugs(root);
    if (changed.size === 0) return this.unchanged(root);
    const published: Published[] = [];
    for (const checked of await checkCourses(root)) {
      const { slug, course } = checked;
      const errors = checked.findings.filter((finding) => finding.severity === 'error');
      const result = course && isReady(checked)
        ? await this.database.inTransaction((tx) => this.publish(tx, course))
        : { slug, state: 'refused' as const, number: null, findings: errors };
      published.push(result);
      const { state, number, findings } = result;
      if (state === 'published') this.logger.log('A course was published', { slug, number });
      if (state === 'refused') this.logger.warn('A course was not published', { slug, errors: findings.length });
    }
    return published;
  }

  private async publish(tx: Tx, files: CourseFiles): Promise<Published> {
    await this.repository.lock(tx);
    const { slug } = files;
    const course = files.course.value;
    const known = await this.repository.findCourse(tx, course.code, slug);
    if (known && (known.code !== course.code || known.slug !== slug)) {
      const findings = [error(files.course.at('code'), 'course-renamed', { code: known.code, slug: known.slug })];
      return { slug, state: 'refused', number: known.number, findings };
    }
    if (known?.sha256 === files.sha256) return { slug, state: 'unchanged', number: known.number, findings: [] };
    const courseId = known?.id ?? await this.repository.addCourse(tx, course.code, slug);
    const number = (known?.number ?? 0) + 1;
    const versionId = await this.repository.addVersion(tx, { courseId, number, at: this.clock.now(), files });
    await this.repository.addContent(tx, versionId, contentOf(files, versionId));
    await this.audit.record(tx, {
      action: 'course.published', subjectKind: 'course-version', subjectId: versionId,
      details: { code: course.code, number, sha256: files.sha256 },
    });
    return { slug, state: 'published', number, findings: [] };
  }

  /** Only names and hashes are looked at, so that a start with nothing new costs next to nothing. */
  private async changedSlugs(root: string): Promise<Set<string>> {
    const latest = await this.repository.latestHashes(this.database.reader);
    const slugs = await courseFolders(root);
    const hashes = await Promise.all(slugs.map((slug) => hashCourse(root, slug)));
    return new Set(slugs.filter((slug, index) => latest.get(slug)?.sha256 !== hashes[index]));
  }

  private async unchanged(root: string): Promise<Published[]> {
    const latest = await this.repository.latestHashes(this.database.reader);
    return (await courseFolders(root)).map((slug) =>
      ({ slug, state: 'unchanged', number: latest.get(slug)?.number ?? null, findings: [] }));
  }
}
