import { Module } from '@nestjs/common';
import { SignInGuard } from './sign-in.guard.js';

@Module({ providers: [SignInGuard], exports: [SignInGuard] })
export class AccessModule {}
