import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import type { Question } from '../rules/questions.js';
import type { CourseVersion } from './course-version.js';
import { CoursesRepository } from './courses.repository.js';

/** Published courses, for the features that let people study them. Versions never change: they are kept in memory. */
@Injectable()
export class Courses {
  private readonly versions = new Map<number, CourseVersion>();
  private readonly banks = new Map<number, Question[]>();

  constructor(private readonly repository: CoursesRepository) {}

  /** @throws Error when there is no such version: ids come from rows that point at one */
  async version(tx: Tx, versionId: number): Promise<CourseVersion> {
    const [found] = await this.several(tx, [versionId]);
    if (!found) throw new Error(`No course version ${versionId}`);
    return found;
  }

  /** The question bank of a version, keys included: it stays on the server until an attempt is closed. */
  async questions(tx: Tx, versionId: number): Promise<Question[]> {
    const kept = this.banks.get(versionId);
    if (kept) return kept;
    const bank = await this.repository.questions(tx, versionId);
    if (bank.length > 0) this.banks.set(versionId, bank);
    return bank;
  }

  /** The version that somebody who begins today gets; null where nothing is published. */
  async latest(tx: Tx, courseId: number): Promise<CourseVersion | null> {
    return this.newest(tx, { courseId });
  }

  async bySlug(tx: Tx, slug: string): Promise<CourseVersion | null> {
    return this.newest(tx, { slug });
  }

  async byCode(tx: Tx, code: string): Promise<CourseVersion | null> {
    return this.newest(tx, { code });
  }

  /** The latest version of every course, in the order of the outline. */
  async list(tx: Tx): Promise<CourseVersion[]> {
    return this.several(tx, await this.repository.latestIds(tx, {}));
  }

  /** The latest versions of some courses, by the id of the course. */
  async latestOf(tx: Tx, courseIds: readonly number[]): Promise<Map<number, CourseVersion>> {
    const found = await this.several(tx, await this.repository.latestIds(tx, { courseIds }));
    return new Map(found.map((version) => [version.courseId, version]));
  }

  private async newest(
    tx: Tx, which: { courseId?: number; slug?: string; code?: string },
  ): Promise<CourseVersion | null> {
    const [id] = await this.repository.latestIds(tx, which);
    return id === undefined ? null : this.version(tx, id);
  }

  private async several(tx: Tx, ids: readonly number[]): Promise<CourseVersion[]> {
    const missing = ids.filter((id) => !this.versions.has(id));
    if (missing.length > 0) {
      for (const version of await this.repository.versions(tx, missing)) this.versions.set(version.id, version);
    }
    return ids.flatMap((id) => this.versions.get(id) ?? []);
  }
}
