import { readFile } from 'node:fs/promises'
import { call } from './harness/call.ts'
import { createPerson, makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('an owner finds who did what to whom, follows it there, and takes it along as a file', async ({
  desk,
  openAs,
}) => {
  const agentPage = await openAs(desk.agent)
  await createCustomer(agentPage, { desk, name: 'Sana Butt' })
  const page = await openAs(desk.owner)
  await call(page, {
    api: `/t/${desk.tenantKey}/trpc`,
    procedure: 'permission.role.create',
    input: { name: 'Night shift', permissions: ['chat:read'] },
  })
  await page.goto(`/${desk.tenantKey}/settings/audit`)
  const added = page.getByRole('row', { name: say('audit.action.role.created') })
  await expect(added).toContainText('Night shift')
  await expect(added).toContainText(desk.owner.name)
  await expect(added).toContainText(say('permission.what.chat.read'))
  await expectAccessible(page)

  await page.getByRole('combobox', { name: say('audit.who') }).press('Enter')
  await page.getByRole('option', { name: desk.agent.name }).press('Enter')
  await expect(added).toHaveCount(0)
  const created = page.getByRole('row', { name: say('audit.action.customer.created') })
  await expect(created).toContainText('Sana Butt')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say('audit.export') }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('customer.created,Sana Butt')

  await created.getByRole('button', { name: say('audit.onlyThing', { thing: 'Sana Butt' }) }).click()
  await expect(page.getByText(say('audit.about', { thing: 'Sana Butt' }))).toBeVisible()
  await page.getByRole('combobox', { name: say('audit.what') }).click()
  await page.getByRole('option', { name: say('audit.action.customer.archived') }).click()
  await expect(page.getByText(say('audit.noneFound'))).toBeVisible()
  await page.getByRole('button', { name: say('audit.clear'), exact: true }).click()
  await created.getByRole('link', { name: 'Sana Butt' }).click()
  await expect(page.getByRole('heading', { name: 'Sana Butt' })).toBeVisible()

  await agentPage.goto(`/${desk.tenantKey}/settings/audit`)
  await expect(agentPage.getByText(say('common.page.forbidden'))).toBeVisible()
})

test('an operator sees what was done to the installation, on a phone and in Urdu', async ({
  database,
  desk,
  openAs,
}) => {
  const urdu = wordsOf('ur')
  const operator = await createPerson(database, { tenantKey: desk.tenantKey, name: `Omar of ${desk.name}` })
  await makeOperator(database, operator)
  const viewport = { width: 390, height: 844 }
  const page = await openAs(operator, {
    path: '/operator/tenants',
    locale: 'ur',
    colorScheme: 'dark',
    viewport,
  })
  const act = { api: '/trpc', input: { tenantKey: desk.tenantKey } }
  await call(page, { ...act, procedure: 'operator.tenant.suspend' })
  await call(page, { ...act, procedure: 'operator.tenant.resume' })
  await page.getByRole('link', { name: urdu('common.nav.audit') }).click()
  await page.getByRole('combobox', { name: urdu('audit.who') }).click()
  await page.getByRole('option', { name: operator.name }).click()
  const rows = page.getByRole('row', { name: desk.tenantKey })
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText(urdu('audit.action.tenant.resumed'))
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)
})
