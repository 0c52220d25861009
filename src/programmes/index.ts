export type { ProgrammeCourse, ProgrammeVersion } from './programme-version.js';
export type { TargetVersion } from './target-version.js';
export { isAssignable, Programmes, Targets } from './programmes.service.js';
export { ProgrammesModule } from './programmes.module.js';

export { checkTraining } from './check-training.js';
export { readProgrammes } from './programme-files.js';
export { PublishProgrammes, type PublishedProgramme } from './publish-programmes.js';
export { PublishTargets, type PublishedTargets } from './publish-targets.js';
export { readTargets } from './target-files.js';
