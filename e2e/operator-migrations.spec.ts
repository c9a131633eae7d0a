import { type Database, newId } from '@sarai/db'
import { makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

test('an operator sees what would be migrated, begins it, sees it through, and stops one that runs elsewhere', async ({
  database,
  desk,
  openAs,
}) => {
  await makeOperator(database, desk.owner)
  const tenantKey = `${desk.tenantKey}-m`
  await database.createTenant({ tenantKey, name: 'Behind' })
  try {
    await putBehind(database, tenantKey)
    const say = wordsOf('en')
    const page = await openAs(desk.owner, { path: '/operator/migrations' })
    await page.getByRole('link', { name: say('fleet.rollout.showBehind') }).click()
    await expect(page).toHaveURL(/behind=true/)
    await page.getByRole('link', { name: 'Behind', exact: true }).click()
    await expect(page.getByText(say('fleet.history.none'))).toBeVisible()
    await page.goto('/operator/migrations')
    await page.getByRole('button', { name: say('fleet.rollout.migrate') }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('row', { name: tenantKey })).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: /^Migrate 1/ }).click()
    const row = page.getByRole('row', { name: tenantKey })
    await expect(row.getByText(say('fleet.rollout.count.done'))).toBeVisible()
    await expect(page.getByRole('status').getByText(say('fleet.rollout.state.done'))).toBeVisible()
    await page.goto(`/operator/tenants/${tenantKey}`)
    const history = page.getByRole('region', { name: say('fleet.history.title') })
    await expect(history.getByRole('row').last()).toContainText(say('fleet.history.state.done'))

    const say2 = wordsOf('ur')
    const rolloutId = await pretendRunning(database)
    const look = { locale: 'ur', colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const
    const phone = await openAs(desk.owner, { ...look, path: '/operator/migrations' })
    await phone.getByRole('button', { name: say2('fleet.rollout.stop'), exact: true }).click()
    await expect(phone.getByText(say2('fleet.rollout.state.stopping'), { exact: true })).toBeVisible()
    await expectAccessible(phone)
    expect(await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
    await database.master.deleteFrom('rollouts').where('id', '=', rolloutId).execute()
  } finally {
    await database.dropTenant(tenantKey)
  }
})

/** As if its last migration had not been recorded. */
async function putBehind(database: Database, tenantKey: string): Promise<void> {
  await database.master
    .updateTable('tenants')
    .set((eb) => ({ schema_version: eb('schema_version', '-', 1) }))
    .where('tenant_key', '=', tenantKey)
    .execute()
}

/** What a process that runs one has recorded. */
async function pretendRunning(database: Database): Promise<string> {
  const id = newId()
  const now = new Date()
  const row = { id, target_version: 1, state: 'running', tenants: 1, waves: 1 } as const
  await database.master
    .insertInto('rollouts')
    .values({ ...row, started_at: now, heard_at: now })
    .execute()
  return id
}
