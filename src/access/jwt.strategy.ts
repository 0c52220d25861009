import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AccessKeys } from './access-keys.js';
import { ACCESS_COOKIE } from './cookies.js';
import type { TokenClaims } from './tokens.js';

const fromHeader = ExtractJwt.fromAuthHeaderAsBearerToken();

/**
 * Reads the token and checks its signature, nothing more. Whether it has expired is asked of the Clock, and whether its
 * session still stands of the database, both by SignInGuard.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(keys: AccessKeys) {
    super({
      jwtFromRequest: tokenOf as never,
      // As a key object: given bytes, the library first tries, at every request, to read them as a public key.
      secretOrKey: createSecretKey(keys.accessToken) as unknown as Buffer,
      algorithms: ['HS256'],
      ignoreExpiration: true,
    });
  }

  validate(claims: Partial<TokenClaims>): TokenClaims | null {
    const { sub, sid, iat, exp } = claims;
    if (typeof sub !== 'string' || typeof sid !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return null;
    return { sub, sid, iat, exp };
  }
}

/** A request with an Authorization header stands or falls by it: its cookies are not looked at (see Csrf). */
function tokenOf(request: FastifyRequest): string | null {
  if (request.headers.authorization !== undefined) return fromHeader(request);
  return request.cookies[ACCESS_COOKIE] ?? null;
}
