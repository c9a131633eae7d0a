import { makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

test('an operator makes a tenant, sees each step and the first password; after a reload the steps, and a way to a new one', async ({
  database,
  desk,
  openAs,
}) => {
  await makeOperator(database, desk.owner)
  const tenantKey = `${desk.tenantKey}-w`
  const look = { locale: 'ur', viewport: { width: 390, height: 844 } } as const
  const say = wordsOf('ur')
  const page = await openAs(desk.owner, { ...look, path: '/operator/tenants/new' })
  try {
    await page.getByRole('button', { name: wordsOf('ur')('common.action.create') }).click()
    await expect(page.getByText(say('operator.nameMissing'))).toBeVisible()
    await page.getByLabel(say('operator.name'), { exact: true }).fill('Wizard')
    await page.getByLabel(say('operator.tenantKey'), { exact: true }).fill(desk.tenantKey)
    await page.getByLabel(say('operator.ownerEmail')).fill(`${tenantKey}@example.test`)
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('operator.keyTaken'))).toBeVisible()
    await page.getByLabel(say('operator.tenantKey'), { exact: true }).fill(tenantKey)
    await page.keyboard.press('Enter')
    const steps = page.getByRole('list', { name: say('fleet.making.steps') })
    await expect(steps.getByText(say('fleet.making.step.active'))).toBeVisible()
    await expect(page.getByLabel(say('fleet.making.firstPassword'))).toBeVisible()
    await expect(steps.getByRole('listitem')).toHaveCount(9)
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByText(say('fleet.making.headline.made', { name: 'Wizard' }))).toBeVisible()
    await page.getByRole('button', { name: say('fleet.making.makeLink') }).click()
    await expect(page.getByLabel(say('fleet.making.link'))).toContainText('/sign-in/reset-password#')
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  } finally {
    await database.dropTenant(tenantKey).catch(() => undefined)
  }
})
