import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import { Facts } from '../platform/facts.js';
import { Programmes } from '../programmes/index.js';
import { civilDateOf } from '../rules/civil-date.js';
import { missingForProgramme } from '../rules/completion.js';
import { EvidenceRepository } from './evidence.repository.js';

/**
 * Asks, when a course was completed or a programme assigned, whether an assigned programme is complete now. Only
 * assigned programmes earn a certificate: a course that two programmes share completes in both, but nobody is handed
 * the certificate of a programme that no one ever gave them.
 */
@Injectable()
export class RecordProgrammeProgress {
  constructor(
    private readonly evidence: EvidenceRepository,
    private readonly programmes: Programmes,
    private readonly facts: Facts,
  ) {}

  async run(tx: Tx, personId: number, at: Date): Promise<void> {
    const completions = await this.evidence.completionsOf(tx, personId);
    if (completions.length === 0) return;
    const completed = new Set(completions.map((completion) => completion.courseId));
    const completedOn = civilDateOf(at);
    for (const versionId of await this.evidence.assignedProgrammes(tx, personId)) {
      const version = await this.programmes.version(tx, versionId);
      const required = version.courses
        .filter((course) => course.requirement === 'required' && course.courseId !== null)
        .map((course) => course.courseId as number);
      const missing = missingForProgramme({ required }, completed);
      if (missing === 'nothing-required' || missing.length > 0) continue;
      const mine = new Set(version.courses.map((course) => course.courseId));
      const courseCompletions = completions.filter((completion) => mine.has(completion.courseId)).map((c) => c.id);
      const [added] = await rows<{ id: number }>(tx,
        `INSERT INTO programme_completion (person_id, programme_id, programme_version_id, cycle, completed_on, completed_at, evidence)
         VALUES ($1, $2, $3, 1, $4, $5, $6) ON CONFLICT (person_id, programme_id, cycle) DO NOTHING RETURNING id`,
        [personId, version.programmeId, version.id, completedOn, at, { courseCompletions }]);
      if (!added) continue;
      await this.facts.publish(tx, 'programme-completed', {
        completionId: added.id, personId, programmeId: version.programmeId, programmeVersionId: version.id, completedOn, at,
      });
    }
  }

  /** The same for people who were just given a programme: only those who have completed anything are asked. */
  async forMany(tx: Tx, personIds: readonly number[], at: Date): Promise<void> {
    const found = await rows<{ id: number }>(tx,
      'SELECT DISTINCT person_id AS id FROM course_completion WHERE person_id = ANY($1)', [personIds]);
    for (const { id } of found) await this.run(tx, id, at);
  }
}
