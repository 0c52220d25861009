import { Controller, Get, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../platform/access/allow.js';
import { Config, isLoopback } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { notFound, Refusal } from '../platform/errors.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Metrics } from '../platform/metrics.js';

/** For whoever watches the service. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** The process answers. */
  @Allow('anyone')
  @Get('healthz')
  healthz() {
    return { status: 'ok' };
  }

  /** The database is there and migrated, and jobs run: traffic may come. */
  @Allow('anyone')
  @Get('readyz')
  async readyz() {
    try {
      await this.database.reader.query('SELECT 1 FROM installation');
    } catch {
      throw new Refusal(503, 'not-ready');
    }
    if (!this.jobs.running) throw new Refusal(503, 'not-ready');
    return { status: 'ready' };
  }

  /** Not public: only from this machine, or from the proxies' own network when one is named. */
  @Allow('anyone')
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async figures(@Req() request: FastifyRequest) {
    const direct = request.socket.remoteAddress ?? '';
    const forwarded = request.headers['x-forwarded-for'] !== undefined;
    const near = isLoopback(direct.replace(/^::ffff:/, '')) || this.config.trustedProxies.includes(direct);
    if (forwarded || !near) throw notFound();
    return this.metrics.registry.metrics();
  }
}
