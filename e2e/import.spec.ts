import { readFile } from 'node:fs/promises'
import { expectAccessible } from './harness/expect-accessible.ts'
import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const FILE = [
  'Full name;Mobile;Email;Town',
  'علی رضا;0300 1234567;ali@reza.test;لاہور',
  'Amina Rafiq;;amina@rafiq.test;Quetta',
  'Nobody;12;;',
  'Sara Khan;;sara@khan.test;Multan',
].join('\r\n')

test('customers come in from a file: seen first, tried, imported, with a result for each row, and taken back', async ({
  desk,
  openAs,
}) => {
  const say = wordsOf('en')
  const page = await openAs(desk.owner, { locale: 'en' })
  await createCustomer(page, { desk, name: 'Amina Rafiq', email: 'amina@rafiq.test' })

  await test.step('the file is chosen, its columns are known, the rows are shown as they will be', async () => {
    await page.goto(`/${desk.tenantKey}/customers`)
    await page.getByRole('link', { name: say('customer.list.import') }).click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: say('import.upload.choose') }).click()
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) }
    await (await choosing).setFiles(file)
    const columns = page.getByRole('table', { name: say('import.columns.title') })
    await expect(
      columns.getByRole('combobox', { name: say('import.columns.targetOf', { column: 'Mobile' }) }),
    ).toHaveText(say('import.detail.phone'))
    const preview = page.getByRole('table', { name: say('import.preview.title') })
    await expect(preview.getByRole('row', { name: 'علی رضا' })).toContainText(say('import.outcome.created'))
    await expect(preview.getByRole('row', { name: 'Nobody' })).toContainText(say('import.reason.phone-wrong'))
    await expectAccessible(page)
  })

  await test.step('a dry run counts and writes nothing', async () => {
    await page.getByRole('button', { name: say('import.check.do') }).click()
    const counts = page.getByLabel(say('import.check.said'))
    await expect(counts.getByText(say('import.outcome.created')).locator('..')).toContainText('2')
    await expect(counts.getByText(say('import.outcome.skipped')).locator('..')).toContainText('1')
  })

  await test.step('the import survives a reload, and every row has a line in its result file', async () => {
    await page.getByRole('button', { name: say('import.start'), exact: true }).click()
    await page.reload()
    await expect(page.getByRole('heading', { name: say('import.ended.done') })).toBeVisible()
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: say('import.result.download') }).click()
    const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[2]).toContain(`3,${say('import.outcome.skipped')},${say('import.reason.same-email')}`)
  })

  await test.step('the import is taken back', async () => {
    await page.getByRole('button', { name: say('import.undo.do') }).click()
    // The button is gone, and the focus with it: it used to be nowhere.
    await expect(page.getByRole('heading', { name: say('import.ended.undone') })).toBeFocused()
    await expect(
      page.getByText(say('import.undo.done', { removed: '2', restored: '0', kept: '0' })),
    ).toBeVisible()
    await page.getByRole('link', { name: say('import.toCustomers') }).click()
    await expect(page.getByRole('link', { name: 'Amina Rafiq' })).toBeVisible()
    await expect(page.getByText('Sara Khan')).toBeHidden()
  })
})
