import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds on the page as it stands: one line a finding, none when all is well. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) =>
    `${new URL(page.url()).pathname} ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** Whether the page can be scrolled sideways: on no screen may it. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
