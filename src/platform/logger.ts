import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { requestContext } from './request-context.js';

const STARTING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * Structured lines on standard output. No personal data: no names, addresses, answers, cookies or bodies; a person is
 * an account id at most. The redaction below is a second net, not the rule.
 */
@Injectable()
export class Logger implements LoggerService {
  readonly pino: Pino;

  constructor(level: string) {
    this.pino = pino({
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...requestContext() }),
      redact: ['req.headers', 'password', '*.password', 'token', '*.token', 'email', '*.email'],
    });
  }

  /** What the framework says while it starts (hundreds of lines about modules and routes) is for debugging only. */
  log(message: unknown, ...rest: unknown[]): void {
    const said = fields(rest);
    if (STARTING.has(String(said.context))) this.pino.debug(said, String(message));
    else this.pino.info(said, String(message));
  }

  /** One line a request: the pattern of its route, never the address with its ids and questions. */
  request(line: { method: string; route: string; status: number; milliseconds: number }): void {
    this.pino.info(line, 'request');
  }

  warn(message: unknown, ...rest: unknown[]): void { this.pino.warn(fields(rest), String(message)); }
  debug(message: unknown, ...rest: unknown[]): void { this.pino.debug(fields(rest), String(message)); }
  verbose(message: unknown, ...rest: unknown[]): void { this.pino.trace(fields(rest), String(message)); }
  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error) this.pino.error({ err: errorFields(message), ...fields(rest) }, message.name);
    else this.pino.error(fields(rest), String(message));
  }
  fatal(message: unknown, ...rest: unknown[]): void { this.pino.fatal(fields(rest), String(message)); }
}

function fields(rest: unknown[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const part of rest) {
    if (part instanceof Error) merged.err = errorFields(part);
    else if (part && typeof part === 'object') Object.assign(merged, part);
    else if (typeof part === 'string') merged.context = part;
  }
  return merged;
}

/** PostgreSQL puts the offending values into `detail` and the statement's parameters into the error: left out. */
function errorFields(error: Error): Record<string, unknown> {
  const driver = (error as { driverError?: { code?: string; constraint?: string; table?: string } }).driverError;
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(driver ? { code: driver.code, constraint: driver.constraint, table: driver.table } : {}),
  };
}
