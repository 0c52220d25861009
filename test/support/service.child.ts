// The real service in a process of its own, for the tests that kill it. Says its port once it listens.
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.setup.js';
import { readConfig } from '../../src/platform/config.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { Logger } from '../../src/platform/logger.js';

const config = readConfig(process.env);
const app = await createApp({ config, databaseUrl: config.databaseUrl ?? '', logger: new Logger('silent'), poolSize: 12 });
await app.get(Jobs).start();
await app.listen(0, '127.0.0.1');
process.send?.({ port: (app.getHttpServer().address() as AddressInfo).port });
