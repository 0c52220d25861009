import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/**
 * The environment, read once and typed. A wrong value stops the start with the name of the variable and what it
 * expects: a service that guesses its configuration is found out on the worst day.
 */
const flag = z
  .enum(['on', 'off', 'true', 'false', '1', '0'], 'on or off')
  .transform((value) => value === 'on' || value === 'true' || value === '1');

const key = z.string().min(32, 'at least 32 characters, kept secret');

const environment = z.object({
  PORT: z.coerce.number('a port number').int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an address such as https://lantoa.example.vn' }).optional(),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'postgres://user:password@host/database').optional(),
  DATABASE_REPLICA_URL: z.string().regex(/^postgres(ql)?:\/\//, 'postgres://user:password@host/database').optional(),
  DATA_DIR: z.string().min(1).default('./.data'),
  TRIAL_DATA: flag.optional(),
  TRIAL_PASSWORD: z.string().min(8, 'at least 8 characters').optional(),
  SECRET_KEY: key.optional(),
  IDENTITY_KEY: key.optional(),
  TRUSTED_PROXIES: z.string().default('').transform((list) => list.split(',').map((part) => part.trim()).filter(Boolean)),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'smtp://user:password@host:port').optional(),
  MAIL_FROM: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DEFAULT_LANGUAGE: z.enum(['vi', 'en']).default('vi'),
});

export type Language = 'vi' | 'en';

export class Config {
  port: number;
  host: string;
  /** Without a slash at the end. Goes into QR codes and mails. */
  publicUrl: string;
  /** Absent: the embedded database in dataDir is used. */
  databaseUrl?: string;
  databaseReplicaUrl?: string;
  dataDir: string;
  trialData: boolean;
  trialPassword?: string;
  secretKey: string;
  /** Keys the hash of national numbers; apart from secretKey, because it can never be changed. */
  identityKey: string;
  trustedProxies: string[];
  smtpUrl?: string;
  mailFrom: string;
  logLevel: string;
  defaultLanguage: Language;
}

export class ConfigError extends Error {}

/** Reads and checks the environment. @throws ConfigError naming each wrong variable and what it expects */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `${issue.path.join('.')}: expected ${issue.message}`);
    throw new ConfigError(`The environment is not right.\n${lines.join('\n')}`);
  }
  const values = read.data;
  const embedded = !values.DATABASE_URL;
  const dataDir = resolve(values.DATA_DIR);
  const trialData = values.TRIAL_DATA ?? embedded;
  const host = values.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0');

  if (!embedded && (!values.SECRET_KEY || !values.IDENTITY_KEY)) {
    throw new ConfigError('With DATABASE_URL both SECRET_KEY and IDENTITY_KEY must be set: several processes share them.');
  }
  if (trialData && !isLoopback(host)) {
    throw new ConfigError(`HOST is ${host}: trial accounts share one password, so they are served on loopback only. `
      + 'Set TRIAL_DATA=off, or HOST=127.0.0.1.');
  }
  return {
    port: values.PORT,
    host,
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    databaseUrl: values.DATABASE_URL,
    databaseReplicaUrl: values.DATABASE_REPLICA_URL,
    dataDir,
    trialData,
    trialPassword: values.TRIAL_PASSWORD,
    secretKey: values.SECRET_KEY ?? keptSecret(dataDir, 'secret-key'),
    identityKey: values.IDENTITY_KEY ?? keptSecret(dataDir, 'identity-key'),
    trustedProxies: values.TRUSTED_PROXIES,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? 'Lan Tỏa <no-reply@localhost>',
    logLevel: values.LOG_LEVEL,
    defaultLanguage: values.DEFAULT_LANGUAGE,
  };
}

/** Whether a host name means this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** A random value made once and kept in the data folder, readable by its owner only. */
export function keptSecret(dataDir: string, name: string, make = () => randomBytes(32).toString('base64url')): string {
  const path = join(dataDir, name);
  if (!existsSync(path)) {
    // Others may pass through, not look: as root the database server runs under another account (see embedded-database).
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    try {
      writeFileSync(path, make(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path, 'utf8').trim();
}
