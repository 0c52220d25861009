// The real service in a process of its own. On {record: true} it keeps the statements of the requests that follow, on
// {record: false} it says them, so that the floor can run the very same ones.
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.setup.js';
import { readConfig } from '../../src/platform/config.js';
import { Logger } from '../../src/platform/logger.js';
import { Recorder } from './recorder.js';

const recorder = new Recorder();
const config = readConfig(process.env);
const app = await createApp({ config, databaseUrl: config.databaseUrl ?? '', logger: new Logger('silent'), poolSize: 8 });
await app.listen(0, '127.0.0.1');
process.on('message', (message: { record: boolean }) => {
  if (message.record) recorder.begin();
  process.send?.({ statements: message.record ? [] : recorder.end() });
});
process.send?.({ port: (app.getHttpServer().address() as AddressInfo).port });
