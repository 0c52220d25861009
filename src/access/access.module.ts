import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AcceptNotice } from './accept-notice.js';
import { AccessKeys } from './access-keys.js';
import { AccountEntity } from './account.entity.js';
import { AccountsApiController } from './accounts.api.controller.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { AuthApiController } from './auth.api.controller.js';
import { ChangePassword } from './change-password.js';
import { CodesController } from './codes.controller.js';
import { CodesRepository } from './codes.repository.js';
import { CreateAccounts } from './create-accounts.js';
import { CreateAccountsForPeople } from './create-accounts-for-people.js';
import { DescribeMe } from './describe-me.js';
import { DisableAccount } from './disable-account.js';
import { EnrolSecondFactor } from './enrol-second-factor.js';
import { GiveNewCode } from './give-new-code.js';
import { GrantRole } from './grant-role.js';
import { GrantsRepository } from './grants.repository.js';
import { IssueCodes } from './issue-codes.js';
import { JwtStrategy } from './jwt.strategy.js';
import { ListAccounts } from './list-accounts.js';
import { ManagedAccounts } from './managed-accounts.js';
import { NoticeController } from './notice.controller.js';
import { OneTimeCodeEntity } from './one-time-code.entity.js';
import { OpenSession } from './open-session.js';
import { Passwords } from './passwords.js';
import { PeopleInScopeRepository } from './people-in-scope.repository.js';
import { Principals } from './principals.js';
import { RateLimitEntity } from './rate-limit.entity.js';
import { RefreshSession } from './refresh-session.js';
import { RemoveSecondFactor } from './remove-second-factor.js';
import { RequestPasswordReset } from './request-password-reset.js';
import { RevokeRole } from './revoke-role.js';
import { RoleGrantEntity } from './role-grant.entity.js';
import { SecondFactor } from './second-factor.js';
import { SecurityController } from './security.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SetPassword } from './set-password.js';
import { ShowSecondFactor } from './show-second-factor.js';
import { SignInController } from './sign-in.controller.js';
import { SignInGuard } from './sign-in.guard.js';
import { SignIn } from './sign-in.js';
import { SignInSessionEntity } from './sign-in-session.entity.js';
import { SignOut } from './sign-out.js';
import { TidyAccess } from './tidy-access.js';
import { Tokens } from './tokens.js';
import { UseCode } from './use-code.js';

@Module({
  imports: [
    PassportModule,
    TypeOrmModule.forFeature([AccountEntity, RoleGrantEntity, SignInSessionEntity, OneTimeCodeEntity, RateLimitEntity]),
  ],
  controllers: [
    SignInController, CodesController, NoticeController, SecurityController, AccountsController, AuthApiController, AccountsApiController,
  ],
  providers: [
    AccessKeys, Tokens, Passwords, AttemptLimits, JwtStrategy, SignInGuard, Principals,
    AccountsRepository, SessionsRepository, CodesRepository, GrantsRepository, PeopleInScopeRepository,
    SignIn, OpenSession, RefreshSession, SignOut, AcceptNotice,
    SetPassword, ChangePassword, UseCode, RequestPasswordReset, IssueCodes,
    SecondFactor, EnrolSecondFactor, ShowSecondFactor, RemoveSecondFactor, DescribeMe,
    ManagedAccounts, ListAccounts, CreateAccounts, CreateAccountsForPeople, GiveNewCode, DisableAccount, GrantRole, RevokeRole,
    TidyAccess,
  ],
  exports: [SignInGuard, AcceptNotice, CreateAccounts, IssueCodes, GrantRole, SetPassword, Passwords],
})
export class AccessModule {}
