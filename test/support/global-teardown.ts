/** Stops the server that the set-up started; a server of TEST_DATABASE_URL is left alone. */
export default async function tearDown(): Promise<void> {
  await globalThis.testServer?.embedded?.stop();
}
