import type { Page } from '@playwright/test'
import { expectAccessible } from './harness/expect-accessible.ts'
import { LOOKS } from './harness/looks.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

for (const look of LOOKS) {
  const { locale, colorScheme, viewport } = look
  test(`an operator reads where the connections go (${locale}, ${colorScheme}, ${viewport.width} px)`, async ({
    database,
    desk,
    openAs,
  }) => {
    await database.master
      .insertInto('operators')
      .values({ user_id: desk.owner.userId, created_at: new Date() })
      .execute()
    const say = wordsOf(locale)
    const page = await openAs(desk.owner, look)
    await page.goto('/operator/connections')
    for (const part of ['budget', 'history', 'holders', 'waitingNow', 'refusals', 'leaks', 'ledger'] as const)
      await expect(page.getByRole('heading', { name: say(`operator.${part}`), exact: true })).toBeVisible()
    await expectMomentsByKeyboard(page, say('operator.historyMoment'))
    await expectSorting(page, say('operator.column.leases'))
    for (const table of await page.getByText(say('operator.asTable')).all()) await table.click()
    await expectAccessible(page)
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(isWider).toBe(false)
  })
}

test('nobody but an operator is shown the page', async ({ desk, openAs }) => {
  const page = await openAs(desk.owner)
  await page.goto('/operator/connections')
  await expect(page.getByRole('heading', { name: wordsOf('en')('operator.budget') })).toBeHidden()
  await expect(page.getByRole('heading').first()).toBeVisible()
})

/** "Why was it slow at 14:05?": the arrow keys walk through the hour, and say what was then. */
async function expectMomentsByKeyboard(page: Page, name: string): Promise<void> {
  const slider = page.getByRole('slider', { name })
  await slider.focus()
  const now = await slider.getAttribute('aria-valuetext')
  await page.keyboard.press('Home')
  await expect(slider).not.toHaveAttribute('aria-valuetext', now ?? '')
}

async function expectSorting(page: Page, name: string): Promise<void> {
  const heading = page.getByRole('columnheader', { name })
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'descending')
  await heading.getByRole('button').press('Enter')
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
}
