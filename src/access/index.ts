export { AccessModule } from './access.module.js';
export { SignInGuard } from './sign-in.guard.js';
