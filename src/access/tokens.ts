import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ACCESS_SECONDS } from '../rules/sessions.js';
import { AccessKeys } from './access-keys.js';

/** What an access token says, once its signature was checked. Instants are seconds since 1970. */
export interface TokenClaims {
  sub: string;
  sid: string;
  iat: number;
  exp: number;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  /** Of the access token, in seconds. */
  expiresIn: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes and reads the two tokens. Neither is stored anywhere: both follow from the session row and SECRET_KEY. */
@Injectable()
export class Tokens {
  private readonly jwt = new JwtService({});

  constructor(private readonly keys: AccessKeys) {}

  pair(accountId: number, sessionId: string, generation: number, now: Date): TokenPair {
    const iat = Math.floor(now.getTime() / 1000);
    const claims: TokenClaims = { sub: String(accountId), sid: sessionId, iat, exp: iat + ACCESS_SECONDS };
    return {
      accessToken: this.jwt.sign(claims, { secret: this.keys.accessToken, algorithm: 'HS256' }),
      refreshToken: this.refreshToken(sessionId, generation),
      expiresIn: ACCESS_SECONDS,
    };
  }

  /** `<session>.<generation>.<mac>` */
  refreshToken(sessionId: string, generation: number): string {
    return `${sessionId}.${generation}.${this.keys.macOfRefreshToken(sessionId, generation).toString('base64url')}`;
  }

  /** The session and generation of a refresh token that we made, else null. */
  readRefreshToken(token: string): { sessionId: string; generation: number } | null {
    const [sessionId = '', generation = '', mac = '', ...rest] = token.split('.');
    if (rest.length > 0 || !UUID.test(sessionId) || !/^[1-9]\d{0,8}$/.test(generation)) return null;
    const expected = this.keys.macOfRefreshToken(sessionId, Number(generation));
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return { sessionId, generation: Number(generation) };
  }
}
