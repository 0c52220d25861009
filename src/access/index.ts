export { AcceptNotice } from './accept-notice.js';
export { AccessModule } from './access.module.js';
export { CreateAccounts, type AccountRequest, type CreatedAccount } from './create-accounts.js';
export { IssueCodes, type IssuedCode } from './issue-codes.js';
export { GrantRole } from './grant-role.js';
export type { NewGrant } from './grants.repository.js';
export { Passwords } from './passwords.js';
export { checkPassword, SetPassword } from './set-password.js';
export { SignInGuard } from './sign-in.guard.js';
