import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds on the page as it stands: one line a finding, none when all is well.
 * @param but rules that another page of the same look has been held to already (contrast takes most of the time)
 */
export async function axeFindings(page: Page, but: readonly string[] = []): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
    // Our pages have no frames: without them nothing has to be gathered on a page of its own.
    .setLegacyMode(true).disableRules([...but]).analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) =>
    `${new URL(page.url()).pathname} ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** Whether the page can be scrolled sideways: on no screen may it. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
