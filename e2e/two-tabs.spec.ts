import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { LAUNCH_OPTIONS } from './harness/browser.ts'
import { Inbox } from './harness/inbox.ts'
import { readInstallation } from './harness/installation.ts'
import { readKept } from './harness/kept-words.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, signIn, test } from './harness/test.ts'
import { openWire } from './harness/wire.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Hannah Fischer'
const say = wordsOf('en')

test('two tabs share one stream, and the second goes on when the first is closed', async ({
  desk,
  openAs,
}) => {
  const ownerPage = await openAs(desk.owner)
  const first = await openAs(desk.agent)
  const conversationId = await startConversation(ownerPage, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await ownerPage.goto(path)
  const owner = new Inbox(ownerPage, say)
  await first.goto(path)
  await expect(new Inbox(first, say).composer(CUSTOMER)).toBeVisible()
  const second = await first.context().newPage()
  const streamsOfSecond: string[] = []
  second.on('request', (request) => {
    if (request.url().includes('chat.changes')) streamsOfSecond.push(new URL(request.url()).search)
  })
  await second.goto(path)
  await expect(new Inbox(second, say).composer(CUSTOMER)).toBeVisible()

  await owner.send(CUSTOMER, 'to both')
  for (const page of [first, second]) await new Inbox(page, say).expectMessages(['to both'])
  expect(streamsOfSecond).toEqual([])

  await first.close()
  await owner.send(CUSTOMER, 'to the one that is left')
  await new Inbox(second, say).expectMessages(['to both', 'to the one that is left'])
  // It goes on after the last event that the first tab had told it of.
  expect(decodeURIComponent(streamsOfSecond[0] ?? '')).toContain('lastEventId')
})

test('what is written in two tabs without a network is sent once and in order', async ({ desk, openAs }) => {
  await using wire = await openWire(readInstallation().baseUrl)
  const first = await openAs(desk.agent, { baseUrl: wire.baseUrl })
  const conversationId = await startConversation(first, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await first.goto(path)
  const second = await first.context().newPage()
  await second.goto(path)
  const [one, other] = [new Inbox(first, say), new Inbox(second, say)]
  await expect(one.composer(CUSTOMER)).toBeVisible()
  await expect(other.composer(CUSTOMER)).toBeVisible()
  wire.cut()
  await first.context().setOffline(true)
  await one.send(CUSTOMER, 'written here')
  await other.expectMessages(['written here'])
  await other.send(CUSTOMER, 'written there')
  await one.expectMessages(['written here', 'written there'])
  wire.mend()
  await first.context().setOffline(false)
  for (const page of [first, second])
    await expect(page.getByText(say('chat.delivery.offline'))).toHaveCount(0)
  await second.reload()
  for (const inbox of [one, other]) await inbox.expectMessages(['written here', 'written there'])
})

test('what was written without a network, and what was half written, survives the browser', async ({
  desk,
  openAs,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'sarai-profile-'))
  await using wire = await openWire(readInstallation().baseUrl)
  const ownerPage = await openAs(desk.owner)
  const conversationId = await startConversation(ownerPage, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await ownerPage.goto(path)
  const openBrowser = () =>
    chromium.launchPersistentContext(folder, { ...LAUNCH_OPTIONS, baseURL: wire.baseUrl, locale: 'en-GB' })

  await test.step('written, and the browser closed', async () => {
    const browser = await openBrowser()
    const page: Page = await signIn(browser, { person: desk.agent, path, baseUrl: wire.baseUrl })
    const agent = new Inbox(page, say)
    await expect(agent.composer(CUSTOMER)).toBeVisible()
    wire.cut()
    await agent.send(CUSTOMER, 'written before closing')
    await agent.composer(CUSTOMER).fill('half a sentence')
    await expect
      .poll(() => readKept(page))
      .toMatch(/half a sentence[^]*written before closing|written before closing[^]*half a sentence/)
    await browser.close()
  })

  await test.step('opened on another page, it sends', async () => {
    wire.mend()
    const browser = await openBrowser()
    const page = await browser.newPage()
    await page.goto(`/${desk.tenantKey}/customers`)
    await new Inbox(ownerPage, say).expectMessages(['written before closing'])
    await page.goto(path)
    const agent = new Inbox(page, say)
    await expect(agent.composer(CUSTOMER)).toHaveValue('half a sentence')
    await agent.expectMessages(['written before closing'])
    await browser.close()
  })
  await rm(folder, { recursive: true })
})
