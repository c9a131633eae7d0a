import type { Locator, Page } from '@playwright/test'
import { call } from './harness/call.ts'
import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('a customer that cannot be saved says why beside the field, and keeps what was typed', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  const takenId = await createCustomer(page, { desk, name: 'Emma Clarke', email: 'emma@example.com' })
  await page.goto(`/${desk.tenantKey}/customers`)
  const dialog = await openCreate(page)

  await test.step('the first field that is wrong has the focus', async () => {
    await dialog.getByLabel(say('customer.form.email')).fill('not an address')
    await dialog.getByRole('button', { name: say('customer.form.add') }).click()
    await expect(dialog.getByText(say('customer.form.nameMissing'))).toBeVisible()
    await expect(dialog.getByText(say('customer.form.emailInvalid'))).toBeVisible()
    await expect(nameField(dialog)).toBeFocused()
  })

  await test.step('an address that somebody has leads to them', async () => {
    await nameField(dialog).fill('Emma C.')
    await dialog.getByLabel(say('customer.form.email')).fill('EMMA@example.com')
    await dialog.getByRole('button', { name: say('customer.form.add') }).dblclick()
    await expect(dialog.getByText(say('customer.form.takenEmail'))).toBeVisible()
    await expect(nameField(dialog)).toHaveValue('Emma C.')
    await dialog.getByRole('link', { name: 'Emma Clarke' }).first().click()
    await expect(page).toHaveURL(new RegExp(takenId))
    await expect(page.getByRole('heading', { name: 'Emma Clarke' })).toBeVisible()
  })
})

test('used to make adding customers impossible: what a new customer needs is asked for, and missed beside it', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  const api = `/t/${desk.tenantKey}/trpc`
  const input = { name: 'District', kind: 'text', required: true }
  await call(page, { api, procedure: 'customer.field.create', input })
  await page.goto(`/${desk.tenantKey}/customers`)
  const dialog = await openCreate(page)
  await nameField(dialog).fill('Emma Clarke')
  const district = dialog.getByLabel('District')
  await expect(district).toBeVisible()
  await dialog.getByRole('button', { name: say('customer.form.add') }).click()
  await expect(dialog.getByText(say('customer.form.fieldMissing'))).toBeVisible()
  await district.fill('Gulberg')
  await dialog.getByRole('button', { name: say('customer.form.add') }).click()
  await expect(page.getByRole('heading', { name: 'Emma Clarke', exact: true })).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: 'Gulberg' })).toBeVisible()
})

test('two people edit a customer: the later one sees both values and chooses', async ({ desk, openAs }) => {
  const ownerPage = await openAs(desk.owner)
  const id = await createCustomer(ownerPage, { desk, name: 'Omar Farooqi' })
  const agentPage = await openAs(desk.agent)
  for (const page of [ownerPage, agentPage]) {
    await page.goto(`/${desk.tenantKey}/customers/${id}`)
    await page.getByRole('button', { name: say('customer.card.edit'), exact: true }).click()
  }
  await saveAs(ownerPage, 'Omar Farooqi Sons')
  await expect(ownerPage.getByRole('heading', { name: 'Omar Farooqi Sons' })).toBeVisible()

  await saveAs(agentPage, 'Omar F.')
  await expect(agentPage.getByText(say('customer.conflict.title'))).toBeVisible()
  await agentPage
    .getByRole('radio', { name: `${say('customer.conflict.theirs')}: Omar Farooqi Sons` })
    .check()
  await agentPage.getByRole('button', { name: say('customer.form.save') }).click()
  await expect(agentPage.getByRole('dialog')).toHaveCount(0)
  await expect(agentPage.getByRole('heading', { name: 'Omar Farooqi Sons' })).toBeVisible()
})

test('an archived customer comes back, by undo and from the archive', async ({ desk, openAs }) => {
  const page = await openAs(desk.owner)
  const id = await createCustomer(page, { desk, name: 'Hannah Fischer' })
  await page.goto(`/${desk.tenantKey}/customers/${id}`)
  const archive = page.getByRole('button', { name: say('customer.card.archive'), exact: true })
  const restore = page.getByRole('button', { name: say('customer.card.restore') })

  await archive.click()
  await page.getByRole('button', { name: say('common.action.undo') }).click()
  await expect(archive).toBeVisible()

  await archive.click()
  await expect(restore).toBeVisible()
  await page.goto(`/${desk.tenantKey}/customers`)
  await expect(page.getByText(say('customer.empty.none'))).toBeVisible()
  await page.getByRole('button', { name: say('customer.list.archived') }).click()
  await page.getByRole('link', { name: 'Hannah Fischer' }).first().click()
  await restore.click()
  await expect(archive).toBeVisible()
  // Shown at once, and left before the server has answered.
  await page.goto(`/${desk.tenantKey}/customers?sort=none&from=2026-99-99&own=%5B1%5D`)
  await expect(page).toHaveURL(`/${desk.tenantKey}/customers`)
  await expect(page.getByRole('link', { name: 'Hannah Fischer' }).first()).toBeVisible()
})

test('the search finds by a part of the name and by the last digits of a phone, Urdu ones too', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.agent)
  await createCustomer(page, { desk, name: 'کرن ملک', phone: '0300 5556789' })
  await createCustomer(page, { desk, name: 'Emma Clarke', phone: '0300 5550000' })
  await page.goto(`/${desk.tenantKey}/customers`)
  const search = page.getByRole('searchbox', { name: say('customer.list.search') })
  const kiran = page.getByRole('link', { name: 'کرن ملک' }).first()
  const emma = page.getByRole('link', { name: 'Emma Clarke' }).first()
  await expect(emma).toBeVisible()
  for (const text of ['ملک', '6789', '۶۷۸۹']) {
    await search.fill(text)
    await expect(emma).toHaveCount(0)
    await expect(kiran).toBeVisible()
  }
  await search.fill('nobody')
  await expect(page.getByText(say('customer.empty.search', { query: 'nobody' }))).toBeVisible()
  await page.getByRole('button', { name: say('customer.empty.clear') }).click()
  await expect(emma).toBeVisible()
})

for (const locale of ['en', 'ur'] as const) {
  test(`what does not exist says so in a heading, on a phone too (${locale})`, async ({ desk, openAs }) => {
    const words = wordsOf(locale)
    const page = await openAs(desk.owner, { locale, viewport: { width: 390, height: 844 } })
    const nobody = '00000000-0000-7000-8000-000000000000'
    await page.goto(`/${desk.tenantKey}/customers/${nobody}`)
    await expect(page.getByRole('heading', { level: 1, name: words('customer.card.notFound') })).toBeVisible()
    await page.goto(`/${desk.tenantKey}/chat/${nobody}`)
    await expect(page.getByRole('heading', { name: words('chat.empty.notFound') })).toBeVisible()
    await page.getByRole('link', { name: words('chat.empty.backToList') }).click()
    await expect(page.getByRole('heading', { name: words('chat.title') })).toBeVisible()
  })
}

async function openCreate(page: Page): Promise<Locator> {
  await page
    .getByRole('button', { name: say('customer.list.new') })
    .first()
    .click()
  return page.getByRole('dialog')
}

function nameField(dialog: Locator): Locator {
  return dialog.getByLabel(say('customer.form.name'), { exact: true })
}

async function saveAs(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await nameField(dialog).fill(name)
  await dialog.getByRole('button', { name: say('customer.form.save') }).click()
}
