import { Injectable } from '@nestjs/common';
import { coursesFolder, type Finding } from '../courses/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Logger } from '../platform/logger.js';
import { PublishingRepository } from './publishing.repository.js';
import { readTargets, ruleChanged } from './target-files.js';

export interface PublishedTargets {
  state: 'published' | 'unchanged' | 'refused';
  findings: Finding[];
}

/**
 * Makes known what is measured and by which rule. The file is published as a whole or not at all: targets share their
 * criteria. A definition that changed under the same rule version is refused.
 */
@Injectable()
export class PublishTargets {
  constructor(
    private readonly database: Database,
    private readonly repository: PublishingRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(root = coursesFolder()): Promise<PublishedTargets> {
    const { targets, findings } = await readTargets(root);
    const errors = findings.filter((finding) => finding.severity === 'error');
    if (errors.length > 0) return this.refused(errors);
    return this.database.inTransaction(async (tx) => {
      await this.repository.lock(tx);
      const changed: Finding[] = [];
      const fresh = [];
      for (const target of targets) {
        const known = await this.repository.findTarget(tx, target.version.target, target.version.ruleVersion);
        if (known === null) fresh.push(target);
        else if (known.sha256 !== target.sha256) changed.push(ruleChanged(target));
      }
      if (changed.length > 0) return this.refused(changed);
      for (const { version: { target, ruleVersion, ...definition }, sha256 } of fresh) {
        await this.repository.addTarget(tx, { target, ruleVersion, definition, sha256, at: this.clock.now() });
        await this.audit.record(tx, {
          action: 'target.published', subjectKind: 'target', subjectId: target, details: { ruleVersion, sha256 },
        });
      }
      return { state: fresh.length > 0 ? 'published' as const : 'unchanged' as const, findings: [] };
    });
  }

  private refused(findings: Finding[]): PublishedTargets {
    this.logger.warn('The targets were not published', { errors: findings.length });
    return { state: 'refused', findings };
  }
}
