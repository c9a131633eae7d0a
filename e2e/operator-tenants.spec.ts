import { createPerson, makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('an operator archives a tenant, restores it, and deletes it for good by typing its key', async ({
  database,
  desk,
  openAs,
}) => {
  const operator = await createPerson(database, { tenantKey: desk.tenantKey, name: 'Omar Operator' })
  await makeOperator(database, operator)
  const doomed = await database.createTenant({ tenantKey: `${desk.tenantKey}-x`, name: 'Doomed' })
  const page = await openAs(operator, { path: '/operator/tenants' })
  await page.getByRole('searchbox', { name: say('operator.search') }).fill(doomed.tenantKey)
  const row = page.getByRole('row', { name: doomed.tenantKey })

  await page
    .getByRole('columnheader', { name: say('fleet.tenant.column.size') })
    .getByRole('button')
    .click()
  await expect(row).toBeVisible()
  await row.getByRole('link', { name: doomed.name }).click()
  await page.getByRole('button', { name: say('fleet.tenant.measure') }).click()
  await expect(page.getByText(say('fleet.tenant.column.size'), { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.goBack()
  await page.getByRole('searchbox', { name: say('operator.search') }).fill(doomed.tenantKey)

  await choose('archive')
  const dialog = page.getByRole('dialog')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('operator.archive') }).click()
  await expect(row.getByText(say('auth.status.archived'))).toBeVisible()
  await choose('restore')
  await expect(row.getByText(say('auth.status.active'))).toBeVisible()

  await choose('archive')
  await dialog.getByRole('button', { name: say('operator.archive') }).click()
  await choose('delete')
  await dialog.getByRole('textbox').fill('another')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(say('operator.typedWrong'))).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox').fill(doomed.tenantKey)
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('operator.noneFound'))).toBeVisible()
  await expect.poll(() => database.findTenant(doomed.tenantKey), { timeout: 30_000 }).toBeUndefined()

  async function choose(verb: 'archive' | 'restore' | 'delete'): Promise<void> {
    await row.getByRole('button', { name: say('operator.actionsFor', { name: doomed.name }) }).click()
    await page.getByRole('menuitem', { name: say(`operator.${verb}`) }).click()
  }
})
