import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('a label is made in the settings; label and priority are set by keyboard and show in the colleague’s list, which they narrow', async ({
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/labels` })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await startConversation(owner, { desk, customerName: 'Bilal Ahmed' })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat` })
  const row = agent.getByRole('link', { name: CUSTOMER })
  await expect(row).toBeVisible()

  await owner.getByRole('button', { name: say('label.new') }).click()
  await owner.getByRole('textbox', { name: say('label.name') }).fill('Refund')
  await owner.getByRole('radio', { name: say('customer.tagSettings.colors.red') }).check({ force: true })
  await owner.getByRole('button', { name: say('label.save') }).click()
  await expect(owner.getByRole('listitem').filter({ hasText: 'Refund' })).toBeVisible()

  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  await owner.getByRole('heading', { name: CUSTOMER }).first().waitFor()
  await owner.keyboard.press('l')
  await owner.getByRole('menuitemcheckbox', { name: 'Refund' }).click()
  await expect(owner.getByRole('menuitemcheckbox', { name: 'Refund' })).toBeChecked()
  await owner.keyboard.press('Escape')
  await owner.keyboard.press('p')
  await owner.getByRole('menuitemradio', { name: say('chat.priority.urgent') }).click()

  await expect(row).toContainText('Refund')
  await expect(row).toContainText(say('chat.priority.urgent'))

  await agent.getByRole('button', { name: say('chat.list.sorting') }).click()
  await agent.getByRole('menuitemradio', { name: 'Refund' }).click()
  await expect(agent.getByRole('link', { name: 'Bilal Ahmed' })).toHaveCount(0)
  await expect(row).toBeVisible()
  await owner.getByRole('button', { name: say('common.action.undo') }).click()
  await expect(row).not.toContainText(say('chat.priority.urgent'))
})
