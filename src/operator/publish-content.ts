import type { INestApplicationContext } from '@nestjs/common';
import { PublishCourses, type Finding, type Published } from '../courses/index.js';
import {
  PublishProgrammes, PublishTargets, type PublishedProgramme, type PublishedTargets,
} from '../programmes/index.js';

export interface PublishedContent {
  courses: Published[];
  programmes: PublishedProgramme[];
  targets: PublishedTargets;
  /** Why anything was refused; empty when all is published. */
  findings: Finding[];
}

/** Publishes whatever is new under courses/: first the courses, then the programmes that point at them, the targets. */
export async function publishContent(app: INestApplicationContext, root?: string): Promise<PublishedContent> {
  const courses = await app.get(PublishCourses).run(root);
  const programmes = await app.get(PublishProgrammes).run(root);
  const targets = await app.get(PublishTargets).run(root);
  const findings = [...courses, ...programmes, targets].flatMap((one) => one.findings);
  return { courses, programmes, targets, findings };
}
