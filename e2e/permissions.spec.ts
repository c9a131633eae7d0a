import { addMember } from '@sarai/api'
import { createPerson } from './harness/desk.ts'
import { createCustomer, startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('a permission taken in the matrix takes the button from the other screen at once', async ({
  desk,
  openAs,
}) => {
  const ownerPage = await openAs(desk.owner)
  const agentPage = await openAs(desk.agent)
  await agentPage.goto(`/${desk.tenantKey}/customers`)
  const create = agentPage.getByRole('button', { name: say('customer.list.new') }).first()
  await expect(create).toBeVisible()
  await ownerPage.goto(`/${desk.tenantKey}/settings/roles`)
  const box = ownerPage.getByRole('checkbox', {
    name: say('permission.allow', {
      role: say('common.role.agent'),
      permission: say('permission.what.customer.create'),
    }),
  })

  await box.uncheck()
  await expect(create).toHaveCount(0)
  await ownerPage.getByRole('button', { name: say('common.action.undo') }).click()
  await expect(box).toBeChecked()
  await expect(create).toBeVisible()
})

test('the last owner can neither be removed nor be made anything else', async ({ desk, openAs }) => {
  const page = await openAs(desk.owner)
  await page.goto(`/${desk.tenantKey}/settings/members`)
  await expect(page.getByText(say('permission.lastOwner'))).toBeVisible()
  await expect(roleOf(desk.agent.name)).toBeVisible()
  await expect(roleOf(desk.owner.name)).toHaveCount(0)
  await expect(
    page.getByRole('button', { name: say('permission.removeName', { name: desk.owner.name }) }),
  ).toHaveCount(0)

  function roleOf(name: string) {
    return page.getByRole('combobox', { name: say('permission.roleOf', { name }) })
  }
})

test('a viewer reads everything and is offered nothing to write', async ({ database, desk, openAs }) => {
  const viewer = await createPerson(database, { tenantKey: desk.tenantKey, name: 'Lubna Viewer' })
  const tenant = await database.getTenant(desk.tenantKey)
  await addMember(database, { tenant, userId: viewer.userId, role: 'viewer' })
  const ownerPage = await openAs(desk.owner)
  const customerId = await createCustomer(ownerPage, { desk, name: 'Sana Butt' })
  const conversationId = await startConversation(ownerPage, { desk, customerName: 'Emma Clarke' })

  const page = await openAs(viewer)
  await page.goto(`/${desk.tenantKey}/customers/${customerId}`)
  await expect(page.getByRole('heading', { name: 'Sana Butt' })).toBeVisible()
  for (const name of ['list.new', 'card.edit', 'card.archive', 'conversations.start'] as const) {
    await expect(page.getByRole('button', { name: say(`customer.${name}`), exact: true })).toHaveCount(0)
  }
  await expect(page.getByRole('row', { name: 'Sana Butt' })).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  await expect(page.getByText(say('chat.composer.readOnly'))).toBeVisible()
  await expect(page.getByRole('textbox', { name: /Emma Clarke/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: say('chat.action.resolve') })).toHaveCount(0)
  // The keys of what is not offered do nothing either.
  for (const key of ['e', 'r', 'n']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
