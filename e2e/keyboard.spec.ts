import { hearCustomer } from './harness/hear-customer.ts'
import { createCustomer, startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('every page is two keys away, and `?` says which', async ({ desk, openAs }) => {
  const page = await openAs(desk.owner)
  await expect(page.getByRole('heading', { name: say('dashboard.title') })).toBeVisible()
  for (const [keys, title] of [
    ['gc', say('customer.title')],
    ['gh', say('chat.title')],
    ['gs', say('permission.members')],
    ['gd', say('dashboard.title')],
  ] as const) {
    // Pressed again where a busy machine lets more time pass between two keys than a person does.
    await expect(async () => {
      for (const key of keys) await page.keyboard.press(key)
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused({ timeout: 5_000 })
    }).toPass()
  }
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: say('common.shortcut.title') })
  await expect(list.getByText(say('common.nav.customers'))).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
})

test('the command bar opens a customer by a few letters, and Escape gives the focus back', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  await createCustomer(page, { desk, name: 'Emma Clarke' })
  await expect(page.getByRole('heading', { name: say('dashboard.title') })).toBeVisible()
  const link = page.getByRole('link', { name: say('common.nav.customers'), exact: true })
  await link.focus()
  const bar = page.getByRole('combobox', { name: say('common.command.title') })
  await page.keyboard.press('Control+k')
  await expect(bar).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(link).toBeFocused()

  await page.keyboard.press('Control+k')
  await bar.fill('clar')
  await expect(page.getByRole('option', { name: 'Emma Clarke' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Emma Clarke' })).toBeFocused()
})

test('another language keeps the page, its search and what is open', async ({ desk, openAs }) => {
  const page = await openAs(desk.owner)
  const id = await createCustomer(page, { desk, name: 'Emma Clarke' })
  const path = `/${desk.tenantKey}/customers/${id}?search=Emma`
  await page.goto(path)
  await page.getByRole('button', { name: new RegExp(desk.owner.name) }).click()
  await page.getByRole('menuitemradio', { name: 'اردو' }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page).toHaveURL(path)
  const inUrdu = wordsOf('ur')
  await expect(page.getByRole('searchbox', { name: inUrdu('customer.list.search') })).toHaveValue('Emma')
  await expect(page.getByRole('heading', { name: 'Emma Clarke' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ur')
})

test('the tile of who waits leads to exactly those, and the filter is in the address', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.agent)
  await page.getByRole('link', { name: new RegExp(`^${say('dashboard.now.waiting')}`) }).click()
  await expect(page).toHaveURL(/status=waiting/)
  await expect(page.getByRole('combobox', { name: say('chat.list.status') })).toHaveText(
    say('chat.status.waiting'),
  )
  await expect(page.getByText(say('chat.empty.waiting'))).toBeVisible()
})

for (const locale of ['en', 'ur'] as const) {
  test(`the busiest hour of the dashboard opens its conversations, by keyboard, and what narrows can be taken away (${locale})`, async ({
    desk,
    openAs,
    database,
  }) => {
    const words = wordsOf(locale)
    const page = await openAs(desk.owner, { locale })
    const conversationId = await startConversation(page, { desk, customerName: 'Emma Clarke' })
    await startConversation(page, { desk, customerName: 'Quiet Person' })
    await hearCustomer(database, { desk, conversationId, body: 'Is the shop open?' })
    await page.reload()
    const hours = page.getByRole('table', { name: words('dashboard.busy.title') })
    await hours.locator('a[tabindex="0"]').press('Enter')
    await expect(page).toHaveURL(/moment=asked.*weekly=\d-\d+-/)
    const list = page.getByRole('region', { name: words('chat.list.label') })
    await expect(list.getByRole('link')).toHaveCount(1)
    await expect(list.getByRole('link', { name: 'Emma Clarke' })).toBeVisible()
    await page.getByRole('button', { name: words('chat.list.removeWeekly') }).press('Enter')
    await expect(page).not.toHaveURL(/weekly/)
    await page.getByRole('button', { name: words('chat.list.removePeriod') }).press('Enter')
    await expect(list.getByRole('link', { name: 'Quiet Person' })).toBeVisible()
  })
}
