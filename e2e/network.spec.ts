import { readInstallation } from './harness/installation.ts'
import { startConversation } from './harness/start-conversation.ts'
import { Inbox } from './harness/inbox.ts'
import { expect, test } from './harness/test.ts'
import { openWire } from './harness/wire.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Hannah Fischer'
const say = wordsOf('en')

test('the network is cut and comes back: nothing lost, nothing doubled', async ({ desk, openAs }) => {
  await using wire = await openWire(readInstallation().baseUrl)
  const ownerPage = await openAs(desk.owner)
  const agentPage = await openAs(desk.agent, { baseUrl: wire.baseUrl })
  const conversationId = await startConversation(ownerPage, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await ownerPage.goto(path)
  await agentPage.goto(path)
  const owner = new Inbox(ownerPage, say)
  const agent = new Inbox(agentPage, say)
  await owner.send(CUSTOMER, 'before the cut')
  await agent.expectMessages(['before the cut'])

  wire.cut()
  await agentPage.context().setOffline(true)
  await owner.send(CUSTOMER, 'said while you were away, 1')
  await owner.send(CUSTOMER, 'said while you were away, 2')
  await agent.send(CUSTOMER, 'written without a network, 1')
  await agent.send(CUSTOMER, 'written without a network, 2')
  await expect(agentPage.getByText(say('chat.delivery.offline')).first()).toBeVisible()

  wire.mend()
  await agentPage.context().setOffline(false)
  // What was said meanwhile is shown before anything is sent past it; a second Enter sends.
  await expect(agentPage.getByText('said while you were away, 2').first()).toBeVisible()
  await agentPage.getByRole('button', { name: say('chat.composer.sendAnyway') }).click()
  const everything = [
    'before the cut',
    'said while you were away, 1',
    'said while you were away, 2',
    'written without a network, 1',
    'written without a network, 2',
  ]
  await owner.expectMessages(everything)
  await agent.expectMessages(everything)
  await agentPage.reload()
  await agent.expectMessages(everything)
})

test('a double click and a key held down send a message once', async ({ desk, openAs }) => {
  const page = await openAs(desk.agent)
  const conversationId = await startConversation(page, { desk, customerName: CUSTOMER })
  await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  const agent = new Inbox(page, say)
  await agent.composer(CUSTOMER).fill('once')
  await page.getByRole('button', { name: say('chat.composer.send'), exact: true }).dblclick()
  await agent.expectMessages(['once'])
  await page.reload()
  await agent.expectMessages(['once'])
})

test('a megabyte in the composer is refused with words, and what was written stays', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.agent)
  const conversationId = await startConversation(page, { desk, customerName: CUSTOMER })
  await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  const agent = new Inbox(page, say)
  const composer = agent.composer(CUSTOMER)
  await composer.fill('kept')
  await composer.focus()
  await page.keyboard.insertText('x'.repeat(1_000_000))
  await expect(page.getByText(/10,000/).first()).toBeVisible()
  await expect(composer).toHaveValue('kept')
})
