import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

for (const locale of ['en', 'ur'] as const) {
  test(`duplicates are noticed while typing, found, merged with a choice, and separated again (${locale})`, async ({
    desk,
    openAs,
  }) => {
    const say = wordsOf(locale)
    const page = await openAs(desk.owner, { locale })
    const kept = await createCustomer(page, { desk, name: 'کریم بخش', phone: '+923001234567' })
    const merged = await createCustomer(page, { desk, name: 'كريم بخش', email: 'karim@example.com' })

    await test.step('typing another spelling of the name says who it may be', async () => {
      await page.goto(`/${desk.tenantKey}/customers`)
      await page
        .getByRole('button', { name: say('customer.list.new') })
        .first()
        .click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(say('customer.form.name')).fill('کَریم بخش')
      const warning = dialog.getByRole('status').filter({ hasText: say('customer.duplicate.reasons.name') })
      await expect(warning.getByRole('link')).toHaveCount(2)
      await page.keyboard.press('Escape')
    })

    await test.step('the finder shows why, and leads to both side by side', async () => {
      await page.getByRole('link', { name: say('customer.duplicate.open') }).click()
      await expect(page.getByRole('heading', { name: say('customer.duplicate.title') })).toBeVisible()
      await page.getByRole('link', { name: say('customer.duplicate.merge') }).click()
      const table = page.getByRole('region', { name: say('customer.duplicate.mergeTitle') })
      await expect(table.getByRole('radio', { name: 'karim@example.com' })).toBeChecked()
      await table.getByRole('radio', { name: 'كريم بخش', exact: true }).check()
      await page.getByRole('button', { name: say('customer.duplicate.do', { count: '2' }) }).click()
    })

    await test.step('who stays has everything, and the other address leads there', async () => {
      await page.waitForURL(`**/customers/${kept}`)
      await expect(page.getByRole('heading', { name: 'كريم بخش', exact: true })).toBeVisible()
      await expect(page.getByRole('link', { name: 'karim@example.com' })).toBeVisible()
      await page.goto(`/${desk.tenantKey}/customers/${merged}`)
      await page.waitForURL(`**/customers/${kept}`)
    })

    await test.step('the merge is taken back from the history', async () => {
      const history = page.getByRole('region', { name: say('customer.timeline.title') })
      await history.getByRole('button', { name: say('customer.duplicate.undo') }).click()
      await expect(page.getByRole('heading', { name: 'کریم بخش', exact: true })).toBeVisible()
      await page.goto(`/${desk.tenantKey}/customers/${merged}`)
      await expect(page.getByRole('link', { name: 'karim@example.com' })).toBeVisible()
    })

    await test.step('who is not the same person is not asked about again', async () => {
      await page.goto(`/${desk.tenantKey}/customers/duplicates`)
      await page.getByRole('button', { name: say('customer.duplicate.apart') }).click()
      await expect(page.getByText(say('customer.duplicate.emptyText'))).toBeVisible()
    })
  })
}
