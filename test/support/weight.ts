import type { Page } from 'playwright-core';

/**
 * What a page sends over the line, in bytes as sent (compressed, headers included), with nothing kept from before and
 * down to its end, so that pictures that wait to be scrolled to count as well.
 */
export async function transferred(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = 'eager';
    await Promise.all([document.fonts.ready, ...pictures.map((picture) => picture.decode())]);
  });
  await session.detach();
  return bytes;
}
