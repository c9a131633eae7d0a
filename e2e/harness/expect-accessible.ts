import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** What axe calls serious or critical is nowhere on the page, which is opened first if a path is given. */
export async function expectAccessible(page: Page, path?: string): Promise<void> {
  if (path !== undefined) await page.goto(path)
  await page.getByRole('heading').first().waitFor()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  // No frame of ours comes from elsewhere, so the results need no page of their own to be put together in.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
  const { violations } = await axe.analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' · ')}`)
  expect(found, new URL(page.url()).pathname).toEqual([])
}
