import { createPerson, makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const PHONE = { colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const
const ENDS = { timeout: 60_000 }

test('an operator exports a tenant, downloads the archive, and makes another tenant of it', async ({
  database,
  desk,
  openAs,
}) => {
  const operator = await createPerson(database, { tenantKey: desk.tenantKey, name: 'Omar Operator' })
  await makeOperator(database, operator)
  const say = wordsOf('en')
  const intoKey = `${desk.tenantKey}-i`
  const page = await openAs(operator, { path: `/operator/tenants/${desk.tenantKey}` })
  await page.getByRole('button', { name: say('fleet.transfer.export') }).click()
  await expect(page.getByText(say('fleet.transfer.notInArchive'))).toBeVisible()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('fleet.transfer.exportStart') })
    .click()
  const exported = page.getByRole('listitem').filter({ hasText: /^Export of/ })
  await expect(exported.getByText(say('fleet.transfer.state.done'))).toBeVisible(ENDS)
  await page.reload()
  await exported.getByText(say('fleet.transfer.compared')).click()
  await expect(exported.getByRole('row', { name: 'customers' })).toBeVisible()
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await exported.getByRole('link', { name: say('fleet.transfer.download') }).click()
  const archive = await (await downloading).path()

  await page.getByRole('link', { name: say('common.nav.transfers') }).click()
  await page.getByRole('button', { name: say('fleet.transfer.import') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: say('fleet.transfer.intoKey') }).fill(desk.tenantKey)
  await dialog.getByRole('button', { name: say('fleet.transfer.importStart') }).click()
  await expect(dialog.getByText(say('fleet.transfer.refusal.noFile'))).toBeVisible()
  await dialog.locator('input[type=file]').setInputFiles(archive)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('fleet.transfer.importStart') }).click()
  await expect(dialog.getByText(say('operator.keyTaken'))).toBeVisible()
  await dialog.getByRole('textbox', { name: say('fleet.transfer.intoKey') }).fill(intoKey)
  await dialog.getByRole('button', { name: say('fleet.transfer.importStart') }).click()
  const imported = page.getByRole('listitem').filter({ hasText: intoKey })
  await expect(imported.getByText(say('fleet.transfer.state.done'))).toBeVisible(ENDS)
  await imported.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/operator/tenants/${intoKey}$`))
  await database.dropTenant(intoKey)
})

test('a copy can be cancelled by an operator who did not begin it, in Urdu on a phone', async ({
  database,
  desk,
  openAs,
}) => {
  const operator = await createPerson(database, { tenantKey: desk.tenantKey, name: 'Omar Operator' })
  await makeOperator(database, operator)
  const say = wordsOf('ur')
  // As another process has it under way.
  const { ended } = await database.transfers.begin(
    {
      kind: 'clone',
      fromKey: desk.tenantKey,
      intoKey: `${desk.tenantKey}-c`,
      requester: { id: null, name: 'root@server' },
    },
    async ({ tell, signal }) => {
      await tell({ step: 'filling', table: 'customers', done: 300, total: 1_200 })
      return new Promise<object>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      )
    },
    () => ({ code: 'TEST', message: 'never' }),
  )
  const over = ended.catch((error: unknown) => error)
  const page = await openAs(operator, { locale: 'ur', ...PHONE, path: '/operator/transfers' })
  const copy = page.getByRole('listitem').filter({ hasText: `${desk.tenantKey}-c` })
  await expect(copy.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25')
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  await copy.getByRole('button', { name: say('fleet.transfer.cancel') }).click()
  await expect(copy.getByText(say('fleet.transfer.state.cancelled'), { exact: true })).toBeVisible()
  expect(await over).toMatchObject({ code: 'ABORTED' })
})
