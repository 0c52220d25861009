import { rm } from 'node:fs/promises';

/** Stops the server that the set-up started and removes its folder; a server of TEST_DATABASE_URL is left alone. */
export default async function tearDown(): Promise<void> {
  await globalThis.testServer?.embedded?.stop();
  if (globalThis.testServer?.dataDir) await rm(globalThis.testServer.dataDir, { recursive: true, force: true });
}
