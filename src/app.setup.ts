import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { acceptUploads } from './platform/http/uploads.js';
import { AllowGuard } from './platform/access/allow.guard.js';
import { Csrf } from './platform/access/csrf.js';
import { refuseUndeclaredRoutes } from './platform/access/routes.js';
import { Config } from './platform/config.js';
import { Jobs } from './platform/jobs/jobs.js';
import { Logger } from './platform/logger.js';
import { Metrics } from './platform/metrics.js';
import type { PlatformParts } from './platform/platform.module.js';
import { runInContext } from './platform/request-context.js';
import { SignInGuard } from './access/index.js';
import { wireReactions } from './reactions.js';
import { ErrorFilter, languageOf, OpenApi, PageInterceptor, PageRenderer } from './web/index.js';

/** Asked many times a minute by machines, or so often that the lines would hide the rest. */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics', '/assets/:version/*', '/favicon.ico']);

/** Builds the application exactly as it runs: main.ts listens on it, tests inject into it. */
export async function createApp(parts: PlatformParts): Promise<NestFastifyApplication> {
  const { config } = parts;
  const adapter = new FastifyAdapter({
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 2 * 1024 * 1024,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: parts.logger ?? new Logger(config.logLevel), abortOnError: false,
  });
  const server = app.getHttpAdapter().getInstance();

  await app.register(cookie);
  await app.register(helmet, securityHeaders(config));
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 });
  server.addHook('onRequest', (request, reply, done) => {
    request.lang = languageOf(request, config.defaultLanguage);
    void reply.header('x-request-id', request.id);
    runInContext({ requestId: request.id, accountId: null }, done);
  });
  await acceptUploads(server);
  app.get(PageRenderer).assets.serve(server);
  const metrics = app.get(Metrics);
  const logger = app.get(Logger);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    if (!UNLOGGED.has(route)) {
      logger.request({ method: request.method, route, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) });
    }
    done();
  });

  // Order matters: read the token, check the form's token, then ask whether this person may.
  app.useGlobalGuards(app.get(SignInGuard), app.get(Csrf), app.get(AllowGuard));
  app.useGlobalInterceptors(app.get(PageInterceptor));
  // Also answers what fails before a handler is found (unreadable bodies, hooks): Nest hands that to the filter.
  app.useGlobalFilters(app.get(ErrorFilter));

  refuseUndeclaredRoutes(app);
  app.get(OpenApi).describe(app);
  wireReactions(app);
  await app.get(Jobs).migrate();
  await app.init();
  await server.ready();
  return app;
}

/** Nothing from elsewhere, nothing inline. */
function securityHeaders(config: Config) {
  const secure = config.publicUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"],
        connectSrc: ["'self'"], mediaSrc: ["'self'", 'blob:'], manifestSrc: ["'self'"], formAction: ["'self'"],
        frameAncestors: ["'none'"], baseUri: ["'none'"], ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
  };
}
