import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('a team is made in the settings, given a conversation by key, and its member finds it in the team’s list', async ({
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/teams` })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await startConversation(owner, { desk, customerName: 'Bilal Ahmed' })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat` })
  await expect(agent.getByRole('link', { name: 'Bilal Ahmed' })).toBeVisible()

  await owner.getByRole('button', { name: say('team.new') }).click()
  await owner.getByRole('textbox', { name: say('team.name') }).fill('Repairs')
  await owner.getByRole('checkbox', { name: desk.agent.name }).check()
  await owner.getByRole('button', { name: say('team.save') }).click()
  await expect(owner.getByRole('listitem').filter({ hasText: 'Repairs' })).toContainText('1 member')

  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  await owner.getByRole('heading', { name: CUSTOMER }).first().waitFor()
  await owner.keyboard.press('a')
  await owner.getByRole('menuitemradio', { name: 'Repairs' }).click()
  await expect(agent.getByRole('link', { name: CUSTOMER })).toContainText('Repairs')

  await agent.getByRole('button', { name: say('chat.list.sorting') }).click()
  await agent.getByRole('menuitemradio', { name: 'Repairs' }).click()
  await expect(agent.getByRole('link', { name: 'Bilal Ahmed' })).toHaveCount(0)
  await expect(agent.getByRole('link', { name: CUSTOMER })).toBeVisible()
})
