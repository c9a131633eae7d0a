import type { Page } from '@playwright/test'
import { hearCustomer } from './harness/hear-customer.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('the numbers beside the lists follow what a colleague does; a conversation sleeps until a chosen day, and wakes for a reply', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await startConversation(owner, { desk, customerName: 'Bilal Ahmed' })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat` })
  await expectCounts(agent, { mine: '', unassigned: '2', all: '2' })

  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  await owner.getByRole('heading', { name: CUSTOMER }).first().waitFor()
  await owner.keyboard.press('a')
  await owner.getByRole('menuitemradio', { name: desk.agent.name }).click()
  await expectCounts(agent, { mine: '1', unassigned: '1', all: '2' })
  await expectCounts(owner, { mine: '', unassigned: '1', all: '2' })

  await owner.keyboard.press('s')
  await owner.getByRole('menuitem', { name: say('chat.action.snoozeChoose') }).click()
  const time = owner.getByLabel(say('chat.snooze.chooseTime'))
  await time.fill('2020-01-01T09:00')
  await owner.getByRole('button', { name: say('chat.snooze.chooseDo') }).click()
  await expect(owner.getByText(say('chat.snooze.choosePast'))).toBeVisible()
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await time.fill(`${tomorrow}T09:30`)
  await owner.getByRole('button', { name: say('chat.snooze.chooseDo') }).click()
  await expectCounts(agent, { mine: '', unassigned: '1', all: '1' })
  await agent.getByRole('combobox', { name: say('chat.list.status') }).click()
  await expect(agent.getByRole('option', { name: say('chat.status.snoozed') })).toContainText('1')
  await agent.keyboard.press('Escape')

  await hearCustomer(database, { desk, conversationId, body: 'Hello again' })
  await expectCounts(agent, { mine: '1', unassigned: '1', all: '2' })
  await expectCounts(owner, { mine: '', unassigned: '1', all: '2' })
})

async function expectCounts(
  page: Page,
  counts: Record<'mine' | 'unassigned' | 'all', string>,
): Promise<void> {
  for (const [box, count] of Object.entries(counts)) {
    const name = say(`chat.list.${box}`)
    await expect(page.getByRole('tab', { name })).toHaveText(`${name}${count}`)
  }
}
