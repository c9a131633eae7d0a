import { hearCustomer } from './harness/hear-customer.ts'
import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'عائشہ خان'
const QUESTION = 'کیا آج دکان کھلی ہے؟'

test('an answer shows what it answers, to a colleague as well, and leads to it from far below', async ({
  database,
  desk,
  openAs,
}) => {
  const say = wordsOf('ur')
  const owner = await openAs(desk.owner, { locale: 'ur' })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await hearCustomer(database, { desk, conversationId, body: QUESTION })
  for (let line = 1; line <= 60; line++) {
    await hearCustomer(database, { desk, conversationId, body: `سطر ${line}` })
  }
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await owner.goto(path)
  const agent = await openAs(desk.agent, { path, locale: 'ur' })

  const thread = owner.getByRole('region', { name: say('chat.thread.messages') })
  // All of it is read first: an answer to somebody whose last words were not seen would be held back once.
  await thread.getByText('سطر 60').scrollIntoViewIfNeeded()
  await expect(owner.getByRole('link', { name: CUSTOMER }).getByText('61', { exact: true })).toHaveCount(0)
  await expect(async () => {
    await thread.evaluate((element) => element.scrollTo({ top: 0 }))
    await expect(thread.getByText(QUESTION)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await thread
    .getByRole('listitem')
    .filter({ hasText: QUESTION })
    .getByRole('button', { name: say('chat.quote.reply') })
    .click()
  await expect(owner.getByRole('group', { name: say('chat.quote.to') })).toContainText(QUESTION)
  const composer = new Inbox(owner, say)
  await composer.send(CUSTOMER, 'جی، شام تک')
  await expect(owner.getByRole('group', { name: say('chat.quote.to') })).toHaveCount(0)

  const jump = agent.getByRole('button', { name: say('chat.quote.jump', { text: QUESTION }) })
  await expect(jump).toBeVisible()
  await jump.click()
  await expect(
    agent
      .getByRole('region', { name: say('chat.thread.messages') })
      .getByText(QUESTION, { exact: true })
      .first(),
  ).toBeInViewport()
})
