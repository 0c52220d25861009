import { z } from 'zod';
import { id, line, many, optionalLine } from '../platform/http/forms.js';
import { ROLES } from '../rules/scope.js';

const username = () => line(100).transform((value) => value.toLowerCase());
/** Never tidied: a password may begin with a space. Bounded, because hashing takes all of it. */
const password = () => z.string('required').min(1, 'required').max(1_000, 'password-too-long');
const to = () => z.string().max(2_000).optional().catch(undefined);

export const signInForm = z.object({ username: username(), password: password(), to: to() });
export const signInBody = z.object({ username: username(), password: password(), code: optionalLine(20) });
export const refreshBody = z.object({ refreshToken: z.string('required').min(1, 'required').max(200, 'too-long') });
export const logoutBody = z.object({ refreshToken: z.string().max(200, 'too-long').optional() });
export const useCodeForm = z.object({ username: username(), code: line(40), password: password() });
export const forgottenForm = z.object({ username: username() });
export const secondFactorForm = z.object({ code: line(20), to: to() });
export const changePasswordForm = z.object({ current: password(), password: password() });
export const confirmForm = z.object({ current: password() });
export const languageForm = z.object({ language: z.enum(['vi', 'en'], 'invalid') });

const state = z.enum(['none', 'waiting', 'active', 'disabled']).optional().catch(undefined);
const role = z.enum(ROLES, 'role-unknown');
export const accountsQuery = z.object({
  q: optionalLine(100), state, role: role.optional().catch(undefined), cursor: z.string().max(500).optional(),
});
export const accountsForm = z.object({ person: many(id()).pipe(z.array(z.number()).min(1, 'nobody-ticked').max(500, 'too-many')) });
export const accountsBody = z.object({ people: z.array(id()).min(1, 'required').max(500, 'too-many') });
export const grantForm = z.object({ role, agency: optionalLine(50), other: optionalLine(50) });
export const grantBody = z.object({ role, agency: line(50) });
