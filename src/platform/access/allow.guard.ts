import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { holds } from '../../rules/scope.js';
import { forbidden, Refusal } from '../errors.js';
import { ALLOW, BEFORE_READY, type Allowed } from './allow.js';

/** Closed unless opened. Runs after the token was read (request.principal) and before any handler. */
@Injectable()
export class AllowGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const allowed = this.reflector.getAllAndOverride<Allowed | undefined>(ALLOW, targets);
    if (!allowed) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no @Allow`);
    if (allowed === 'anyone') return true;

    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal) throw new Refusal(401, 'sign-in-needed');
    if (!this.reflector.getAllAndOverride<boolean>(BEFORE_READY, targets)) {
      if (principal.needsSecondFactor) throw new Refusal(403, 'second-factor-needed');
      if (principal.needsNotice) throw new Refusal(403, 'notice-needed');
    }
    if (allowed !== 'signed-in' && !holds(principal.grants, allowed)) throw forbidden();
    return true;
  }
}
