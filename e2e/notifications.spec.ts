import type { Page } from '@playwright/test'
import { call } from './harness/call.ts'
import type { Desk } from './harness/desk.ts'
import { hearCustomer } from './harness/hear-customer.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('news reaches the agent on another page once for a burst, counts in the title, and opens its conversation', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const agent = await openAs(desk.agent)
  await expect(agent.getByRole('heading', { name: say('dashboard.title') })).toBeVisible()
  await untilFollowing(agent)

  await assignToAgent(owner, { desk, conversationId })
  await expect(toast(agent, say('notification.assigned', { name: CUSTOMER }))).toBeVisible()

  for (const body of ['one', 'two', 'three']) await hearCustomer(database, { desk, conversationId, body })
  await expect(agent.getByText('4 new messages')).toBeVisible()
  await expect(toast(agent, CUSTOMER)).toHaveCount(1)
  await expect(agent).toHaveTitle(/^\(1\) /)
  await expect(agent.locator('link[rel="icon"]')).toHaveAttribute('href', '/favicon-unread.svg')

  await agent.getByRole('button', { name: say('notification.open') }).click()
  await expect(agent).toHaveURL(new RegExp(`/chat/${conversationId}$`))
  await expect(agent.getByText('three').first()).toBeVisible()
  await expect(agent).toHaveTitle(/^[^(]/)
})

test('what is switched off stays silent, on every device, and a choice survives a reload', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const settings = await openAs(desk.agent, {
    path: `/${desk.tenantKey}/settings/notifications`,
    locale: 'ur',
  })
  const urdu = wordsOf('ur')
  const other = await openAs(desk.agent)
  await untilFollowing(other)
  const choice = settings.getByRole('checkbox', {
    name: `${urdu('notification.kind.unassigned.title')}: ${urdu('notification.way.page')}`,
  })
  await expect(choice).toBeChecked()
  const saved = settings.waitForResponse((answer) => answer.url().includes('notification.saveSettings'))
  const told = other.waitForResponse((answer) => answer.url().includes('notification.settings'))
  await choice.uncheck()
  await settings.getByRole('checkbox', { name: urdu('notification.quiet.isOn') }).check()
  await Promise.all([saved, told])
  const from = settings.getByRole('textbox', { name: urdu('notification.quiet.from'), exact: true })
  const savedTime = settings.waitForResponse(
    (answer) => answer.request().postData()?.includes('21:30') ?? false,
  )
  await from.fill('21:30')
  expect((await savedTime).status()).toBe(200)
  await settings.reload()
  await expect(from).toHaveValue('21:30')
  await expect(choice).not.toBeChecked()

  await hearCustomer(database, { desk, conversationId, body: 'nobody hears this' })
  await assignToAgent(owner, { desk, conversationId })
  // The later of two changes has been told of, so the earlier one has been passed over.
  await expect(toast(other, say('notification.assigned', { name: CUSTOMER }))).toBeVisible()
  await expect(other.getByText('nobody hears this', { exact: true })).toHaveCount(1)
  await expect(other.getByText('2 new messages')).toHaveCount(0)
})

function toast(page: Page, title: string) {
  return page.getByRole('dialog').filter({ hasText: title })
}

async function assignToAgent(
  page: Page,
  { desk, conversationId }: { desk: Desk; conversationId: string },
): Promise<void> {
  const input = { id: conversationId, assigneeId: desk.agent.userId }
  await call(page, { api: `/t/${desk.tenantKey}/trpc`, procedure: 'chat.conversation.assign', input })
}

/** What the member wants to be told of has arrived, however early: a response that was missed never comes again. */
async function untilFollowing(page: Page): Promise<void> {
  const hasArrived = () =>
    performance
      .getEntriesByType('resource')
      .some(
        (entry) =>
          entry.name.includes('notification.settings') &&
          entry instanceof PerformanceResourceTiming &&
          entry.responseEnd > 0,
      )
  await expect.poll(() => page.evaluate(hasArrived)).toBe(true)
}
