/**
 * Who may do what, and over which part of the tree. A role is granted on an agency and reaches everything below it.
 * Being signed in is itself enough to learn; every other permission comes from a grant.
 */
export const ROLES = ['coordinator', 'leader', 'author', 'assessor', 'national', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'roster.read', 'roster.import', 'agencies.import', 'cohorts.read', 'cohorts.manage', 'coverage.read',
  'attempts.grant', 'assignments.mark', 'courses.preview', 'courses.publish', 'certificates.read', 'learning.recognise',
  'accounts.manage', 'audit.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GIVES: Record<Role, readonly Permission[]> = {
  coordinator: ['roster.read', 'roster.import', 'cohorts.read', 'cohorts.manage', 'coverage.read', 'attempts.grant',
    'certificates.read', 'accounts.manage'],
  leader: ['roster.read', 'cohorts.read', 'coverage.read', 'certificates.read'],
  author: ['courses.preview'],
  assessor: ['assignments.mark'],
  national: ['roster.read', 'roster.import', 'agencies.import', 'cohorts.read', 'cohorts.manage', 'coverage.read',
    'attempts.grant', 'courses.preview', 'courses.publish', 'certificates.read', 'learning.recognise',
    'accounts.manage', 'audit.read'],
  // The system administrator runs the accounts and the machine, and has no business in people's learning.
  administrator: ['agencies.import', 'courses.publish', 'accounts.manage', 'audit.read'],
};

/** Nobody hands out more than they hold: which roles may a role grant, within its own part of the tree. */
const MAY_GRANT: Record<Role, readonly Role[]> = {
  coordinator: ['coordinator', 'leader'],
  leader: [],
  author: [],
  assessor: [],
  national: ['coordinator', 'leader', 'author', 'assessor'],
  administrator: [...ROLES],
};

/** Roles that reach so far that a password alone does not do (outside trial). */
export const SECOND_FACTOR_ROLES: readonly Role[] = ['national', 'administrator'];

export interface Grant {
  role: Role;
  agencyId: number;
}

export function permissionsOf(role: Role): readonly Permission[] {
  return GIVES[role];
}

export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => GIVES[role].includes(permission));
}

/** The agencies from which down a person holds a permission; empty when it is not theirs at all. */
export function scopeRoots(grants: readonly Grant[], permission: Permission): number[] {
  return [...new Set(grants.filter((grant) => GIVES[grant.role].includes(permission)).map((grant) => grant.agencyId))];
}

export function holds(grants: readonly Grant[], permission: Permission): boolean {
  return grants.some((grant) => GIVES[grant.role].includes(permission));
}

/** The agencies from which down a person may grant a role to others. */
export function grantRoots(grants: readonly Grant[], role: Role): number[] {
  return [...new Set(grants.filter((grant) => MAY_GRANT[grant.role].includes(role)).map((grant) => grant.agencyId))];
}

/** A role as another account holds it, with every agency that its agency stands under, itself included. */
export interface Reach {
  role: Role;
  within: readonly number[];
}

/** Whether somebody may hand out a role on an agency that stands within these agencies (itself included). */
export function mayGrant(grants: readonly Grant[], role: Role, within: readonly number[]): boolean {
  return grantRoots(grants, role).some((root) => within.includes(root));
}

/**
 * Whether an account may change another's sign-in (disable, new code): it must reach at least as far as every role the
 * other holds, and over the same part of the tree, else a coordinator could take over an administrator, or the
 * coordinator of a neighbouring province, who happens to hold a post in one of her agencies.
 */
export function mayManage(grants: readonly Grant[], other: readonly Reach[]): boolean {
  return other.every((held) => mayGrant(grants, held.role, held.within));
}
