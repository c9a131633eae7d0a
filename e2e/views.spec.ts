import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { call } from './harness/call.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { createCustomer, startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('a list is narrowed, saved for the team, found by a colleague, exported, deleted and brought back', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  await createCustomer(page, { desk, name: 'Amina Bakes', email: 'amina@example.test' })
  await createCustomer(page, { desk, name: 'Bilal Brews', email: 'bilal@example.test' })
  await createCustomer(page, { desk, name: 'Chanda Cooks' })
  await page.goto(`/${desk.tenantKey}/customers`)

  await test.step('by the dialog of filters', async () => {
    await page.getByRole('button', { name: say('customer.filter.open'), exact: true }).click()
    const dialog = page.getByRole('dialog', { name: say('customer.filter.title') })
    await dialog.getByRole('combobox', { name: say('customer.filter.email') }).click()
    await page.getByRole('option', { name: say('customer.filter.has'), exact: true }).click()
    await dialog.getByRole('button', { name: say('customer.filter.apply') }).click()
    await expect(row(page, 'Chanda Cooks')).toHaveCount(0)
    await expect(
      page.getByRole('button', { name: say('customer.filter.openCount', { count: '1' }) }),
    ).toBeVisible()
  })

  await test.step('in other columns and another order, by keyboard', async () => {
    await page.getByRole('button', { name: say('customer.columns.open'), exact: true }).click()
    const dialog = page.getByRole('dialog', { name: say('customer.columns.title') })
    await expectAccessible(page)
    for (const column of ['company', 'phone', 'city', 'owner', 'createdAt', 'updatedAt'] as const)
      await dialog.getByRole('checkbox', { name: say(`customer.column.${column}`) }).uncheck()
    const up = dialog.getByRole('button', { name: say('customer.columns.moveUp', { column: 'Tags' }) })
    await up.press('Enter')
    await expect(up).toBeFocused()
    await dialog.getByRole('button', { name: say('customer.columns.apply') }).click()
    await expect(page.getByRole('columnheader')).toHaveText(['Name', 'Tags', 'E-mail'])
    await page.reload()
    await expect(page.getByRole('columnheader')).toHaveText(['Name', 'Tags', 'E-mail'])
  })

  await test.step('under a name, which has to be given', async () => {
    await page.keyboard.press('v')
    await page.getByRole('menuitem', { name: say('view.saveAs') }).click()
    const dialog = page.getByRole('dialog', { name: say('view.saveAsTitle') })
    await dialog.getByRole('button', { name: say('common.action.save') }).click()
    await expect(dialog.getByText(say('view.nameMissing'))).toBeVisible()
    await dialog.getByLabel(say('view.name')).fill('Reached by mail')
    await dialog.getByLabel(say('view.forTeam')).check()
    await dialog.getByRole('button', { name: say('common.action.save') }).click()
    await expect(viewButton(page)).toContainText('Reached by mail')
    await expect(page).toHaveURL(/view=/)
  })

  await test.step('and is marked while it is shown otherwise', async () => {
    await page.getByRole('combobox', { name: say('customer.list.sort') }).click()
    await page.getByRole('option', { name: say('customer.list.byName'), exact: true }).click()
    await expect(viewButton(page)).toContainText(say('view.changed'))
    await page.reload()
    await expect(viewButton(page)).toContainText(say('view.changed'))
    await choose(page, say('view.saveChanges'))
    await expect(viewButton(page)).not.toContainText(say('view.changed'))
  })

  await test.step('the file has what the list shows', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say('customer.list.export') }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
    expect(lines).toEqual([
      '\uFEFFname,tags,email',
      'Amina Bakes,,amina@example.test',
      'Bilal Brews,,bilal@example.test',
    ])
  })

  const agentPage = await openAs(desk.agent, { locale: 'ur', path: `/${desk.tenantKey}/customers` })
  const urdu = wordsOf('ur')
  await test.step('a colleague chooses it in Urdu, may not change it, and exports nothing', async () => {
    await viewButton(agentPage, 'ur').click()
    await expectAccessible(agentPage)
    await agentPage.getByRole('menuitemradio', { name: 'Reached by mail' }).click()
    await expect(row(agentPage, 'Amina Bakes')).toBeVisible()
    await expect(row(agentPage, 'Chanda Cooks')).toHaveCount(0)
    await expect(agentPage.getByRole('columnheader')).toHaveText([
      urdu('customer.column.name'),
      urdu('customer.column.tags'),
      urdu('customer.column.email'),
    ])
    await viewButton(agentPage, 'ur').click()
    await expect(agentPage.getByRole('menuitem', { name: urdu('view.saveAs') })).toBeVisible()
    await expect(agentPage.getByRole('menuitem', { name: urdu('view.delete') })).toHaveCount(0)
    await expect(agentPage.getByRole('link', { name: urdu('customer.list.export') })).toHaveCount(0)
    await agentPage.keyboard.press('Escape')
  })

  await test.step('what is deleted is gone for both, and back for both', async () => {
    await choose(page, say('view.delete'))
    await expect(viewButton(page)).toContainText(say('customer.view.all'))
    await expect(viewButton(agentPage, 'ur')).toContainText(urdu('customer.view.all'))
    await page.getByRole('button', { name: say('common.action.undo') }).click()
    await expect(viewButton(page)).toContainText('Reached by mail')
    await expect(viewButton(agentPage, 'ur')).toContainText('Reached by mail')
  })
})

test('a list of the inbox is saved for the team, counts what is in it, and is each reader’s own', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  await startConversation(page, { desk, customerName: 'Amina Bakes' })
  const id = await startConversation(page, { desk, customerName: 'Bilal Brews' })
  await call(page, {
    api: `/t/${desk.tenantKey}/trpc`,
    procedure: 'chat.conversation.assign',
    input: { id, assigneeId: desk.owner.userId },
  })
  await page.goto(`/${desk.tenantKey}/chat?box=mine&order=priority`)
  const item = (on: Page, name: string) => on.getByRole('link', { name })
  await expect(item(page, 'Bilal Brews')).toBeVisible()
  await expect(item(page, 'Amina Bakes')).toHaveCount(0)
  await choose(page, say('view.saveAs'))
  const dialog = page.getByRole('dialog', { name: say('view.saveAsTitle') })
  await dialog.getByLabel(say('view.name')).fill('On my desk')
  await dialog.getByLabel(say('view.forTeam')).check()
  await dialog.getByRole('button', { name: say('common.action.save') }).click()
  await expect(viewButton(page)).toContainText('On my desk')
  await viewButton(page).click()
  await expect(page.getByRole('menuitemradio', { name: 'On my desk' })).toContainText('1')
  await expectAccessible(page)
  await page.getByRole('menuitemradio', { name: say('chat.list.allConversations') }).click()
  await expect(item(page, 'Amina Bakes')).toBeVisible()

  const urdu = wordsOf('ur')
  const agentPage = await openAs(desk.agent, { locale: 'ur', path: `/${desk.tenantKey}/chat` })
  await expect(item(agentPage, 'Amina Bakes')).toBeVisible()
  await viewButton(agentPage, 'ur').click()
  await expect(agentPage.getByRole('menuitem', { name: urdu('view.saveAs') })).toBeVisible()
  await agentPage.getByRole('menuitemradio', { name: 'On my desk' }).click()
  await expect(agentPage).toHaveURL(/view=.*box=mine|box=mine.*view=/)
  await expect(item(agentPage, 'Bilal Brews')).toHaveCount(0)
  await expect(item(agentPage, 'Amina Bakes')).toHaveCount(0)
})

function row(page: Page, name: string) {
  return page.getByRole('row', { name })
}

function viewButton(page: Page, locale: Locale = 'en') {
  return page.getByRole('button', { name: wordsOf(locale)('view.button') })
}

async function choose(page: Page, item: string): Promise<void> {
  await viewButton(page).click()
  await page.getByRole('menuitem', { name: item }).click()
}
