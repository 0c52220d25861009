import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import type { ProgrammeVersion } from './programme-version.js';
import { ProgrammesRepository } from './programmes.repository.js';
import type { TargetVersion } from './target-version.js';

/** Published programmes. */
@Injectable()
export class Programmes {
  constructor(private readonly repository: ProgrammesRepository) {}

  /** @throws Error when there is no such version: ids come from rows that point at one */
  async version(tx: Tx, versionId: number): Promise<ProgrammeVersion> {
    const [found] = await this.repository.versions(tx, [versionId]);
    if (!found) throw new Error(`No programme version ${versionId}`);
    return found;
  }

  /** The version that a class opened today gets. */
  async latest(tx: Tx, programmeId: number): Promise<ProgrammeVersion | null> {
    return this.newest(tx, { programmeId });
  }

  async bySlug(tx: Tx, slug: string): Promise<ProgrammeVersion | null> {
    return this.newest(tx, { slug });
  }

  async byCode(tx: Tx, code: string): Promise<ProgrammeVersion | null> {
    return this.newest(tx, { code });
  }

  /** The latest version of every programme, in the order of the outline. */
  async list(tx: Tx): Promise<ProgrammeVersion[]> {
    return this.repository.versions(tx, await this.repository.latestIds(tx, {}));
  }

  /** Those that a class can be opened for. */
  async assignable(tx: Tx): Promise<ProgrammeVersion[]> {
    return (await this.list(tx)).filter(isAssignable);
  }

  private async newest(
    tx: Tx, which: { programmeId?: number; slug?: string; code?: string },
  ): Promise<ProgrammeVersion | null> {
    const [id] = await this.repository.latestIds(tx, which);
    return id === undefined ? null : this.version(tx, id);
  }
}

/** A programme without a required course that can be studied cannot be assigned. */
export function isAssignable(programme: ProgrammeVersion): boolean {
  return programme.courses.some((course) => course.requirement === 'required' && course.courseId !== null);
}

/** What is measured. */
@Injectable()
export class Targets {
  constructor(private readonly repository: ProgrammesRepository) {}

  /** The newest rule version of every target, the default one first. */
  async list(tx: Tx): Promise<TargetVersion[]> {
    return this.repository.targets(tx);
  }

  async find(tx: Tx, target: string): Promise<TargetVersion | null> {
    return (await this.list(tx)).find((candidate) => candidate.target === target) ?? null;
  }
}
