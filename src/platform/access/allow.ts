import { SetMetadata } from '@nestjs/common';
import type { Permission } from '../../rules/scope.js';

/**
 * Who may use a route. `anyone`: also without signing in. `signed-in`: any account. A permission: whoever holds it on
 * some part of the tree; on which part is checked in the query of the use case. A route without @Allow stops the start.
 */
export type Allowed = 'anyone' | 'signed-in' | Permission;

export const ALLOW = 'lan-toa:allow';

export const Allow = (allowed: Allowed) => SetMetadata(ALLOW, allowed);

/** Open even before the notice is accepted or the second factor shown: those very pages, and signing out. */
export const BEFORE_READY = 'lan-toa:before-ready';
export const BeforeReady = () => SetMetadata(BEFORE_READY, true);
