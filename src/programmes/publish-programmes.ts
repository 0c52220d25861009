import { Injectable } from '@nestjs/common';
import { coursesFolder, error, type Finding } from '../courses/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { Logger } from '../platform/logger.js';
import { checkProgrammes } from './check-programmes.js';
import { readProgrammes, type ProgrammeFile } from './programme-files.js';
import { readTargets } from './target-files.js';
import { PublishingRepository } from './publishing.repository.js';

export interface PublishedProgramme {
  slug: string;
  state: 'published' | 'unchanged' | 'refused';
  number: number | null;
  findings: Finding[];
}

/** Makes a new version of every programme whose file has changed. After the courses, since it points at them. */
@Injectable()
export class PublishProgrammes {
  constructor(
    private readonly database: Database,
    private readonly repository: PublishingRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(root = coursesFolder()): Promise<PublishedProgramme[]> {
    const files = await readProgrammes(root);
    const ready = await this.repository.readyCourses(this.database.reader);
    const { targets } = await readTargets(root);
    const findings = checkProgrammes(files, ready, targets.map((target) => target.version));
    const courses = new Map([...ready].map(([code, course]) => [code, course.id]));
    const results: PublishedProgramme[] = [];
    for (const file of files) {
      const errors = findings.filter((finding) => finding.file === file.file && finding.severity === 'error');
      const result = errors.length > 0 || !file.programme
        ? { slug: file.slug, state: 'refused' as const, number: null, findings: errors }
        : await this.database.inTransaction((tx) => this.publish(tx, file, courses));
      results.push(result);
      const { slug, state, number } = result;
      if (state === 'published') this.logger.log('A programme was published', { slug, number });
      if (state === 'refused') this.logger.warn('A programme was not published', { slug, errors: errors.length });
    }
    return results;
  }

  private async publish(
    tx: Tx, file: ProgrammeFile, courses: ReadonlyMap<string, number>,
  ): Promise<PublishedProgramme> {
    const { slug, sha256, programme } = file;
    if (!programme) throw new Error(`${file.file} was checked and cannot be read`);
    await this.repository.lock(tx);
    const { code } = programme.value;
    const known = await this.repository.findProgramme(tx, code);
    if (known && known.slug !== slug) {
      const findings = [error(programme.at('code'), 'programme-renamed', { code, slug: known.slug })];
      return { slug, state: 'refused', number: known.number, findings };
    }
    if (known?.sha256 === sha256) return { slug, state: 'unchanged', number: known.number, findings: [] };
    const programmeId = known?.id ?? await this.repository.addProgramme(tx, code, slug);
    const number = (known?.number ?? 0) + 1;
    const versionId = await this.repository.addVersion(tx,
      { programmeId, number, sha256, at: this.clock.now(), programme: programme.value, courses });
    await this.audit.record(tx, {
      action: 'programme.published', subjectKind: 'programme-version', subjectId: versionId,
      details: { code, number, sha256 },
    });
    return { slug, state: 'published', number, findings: [] };
  }
}
