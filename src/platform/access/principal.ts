import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../rules/scope.js';
import type { Language } from '../config.js';
import { Refusal } from '../errors.js';

/** Whoever a request comes from, read afresh from the database at every request. */
export interface Principal {
  accountId: number;
  personId: number;
  sessionId: string;
  username: string;
  name: string;
  language: Language;
  grants: Grant[];
  /** The personal-data notice has not been accepted yet: nothing else can be done first. */
  needsNotice: boolean;
  /** A role that needs a second factor, which this session has not shown: nothing else can be done first. */
  needsSecondFactor: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal | null;
    lang: Language;
  }
}

/** The signed-in person, for handlers that are open to signed-in people only. */
export const Me = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new Refusal(401, 'sign-in-needed');
  return principal;
});

/** The signed-in person or null, for handlers open to anyone. */
export const Visitor = createParamDecorator((_data: unknown, context: ExecutionContext): Principal | null =>
  context.switchToHttp().getRequest<FastifyRequest>().principal ?? null);

/** The language of the page that is asked for. */
export const Lang = createParamDecorator((_data: unknown, context: ExecutionContext): Language =>
  context.switchToHttp().getRequest<FastifyRequest>().lang);
