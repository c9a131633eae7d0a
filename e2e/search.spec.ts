import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { call } from './harness/call.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { hearCustomer } from './harness/hear-customer.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Zainab Malik'
const QUESTION = 'Has the parcel of كريم (INV-2041) left?'
const NOTE = 'The refund is booked for INV-2041'
/** More than one page of a thread lies between what is found and its end. */
const LINES_BELOW = 60

test('what was said is found while it is typed, in either script, opens where it stands, and is gone when it is deleted', async ({
  database,
  desk,
  openAs,
}) => {
  const api = `/t/${desk.tenantKey}/trpc`
  const say = wordsOf('en')
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await hearCustomer(database, { desk, conversationId, body: QUESTION })
  for (let line = 1; line <= LINES_BELOW; line++) {
    await hearCustomer(database, { desk, conversationId, body: `Line ${line}` })
  }
  const note = { conversationId, clientId: randomUUID(), body: NOTE, private: true }
  const { result } = (await call(owner, { api, procedure: 'chat.message.send', input: note })) as {
    result: { data: { message: { id: string } } }
  }

  await owner.goto(`/${desk.tenantKey}/chat`)
  await owner.getByRole('link', { name: CUSTOMER }).waitFor()
  await owner.keyboard.press('/')
  await owner.keyboard.type('inv-20')
  const found = owner.getByRole('region', { name: say('chat.found.messages') }).getByRole('listitem')
  await expect(found).toHaveCount(2)
  await expect(found.first().locator('mark')).toHaveText('INV-20')
  await expect(found.first()).toContainText(say('chat.thread.privateNote'))
  await expectAccessible(owner)

  await owner.keyboard.press('ArrowDown')
  await owner.keyboard.press('ArrowDown')
  await owner.keyboard.press('Enter')
  await expect(inThread(owner, say('chat.thread.messages'), QUESTION)).toBeInViewport()
  await expect(owner).toHaveURL(new RegExp(`/chat/${conversationId}\\?search=inv-20$`))

  await call(owner, { api, procedure: 'chat.message.remove', input: { id: result.data.message.id } })
  await expect(found).toHaveCount(1)

  await owner.keyboard.press('Escape')
  await owner.getByRole('searchbox', { name: say('chat.list.search') }).fill('nobody said this')
  await expect(owner.getByText(say('chat.found.noMessage'))).toBeVisible()

  const inUrdu = wordsOf('ur')
  const path = `/${desk.tenantKey}/chat?search=${encodeURIComponent('کریم')}`
  const agent = await openAs(desk.agent, { path, locale: 'ur', viewport: { width: 390, height: 844 } })
  const here = agent.getByRole('region', { name: inUrdu('chat.found.messages') }).getByRole('link')
  await expect(here.locator('mark')).toHaveText('كريم')
  await here.click()
  await expect(inThread(agent, inUrdu('chat.thread.messages'), QUESTION)).toBeInViewport()
})

test('what is found is narrowed by writer, kind and days, all of it in the address; what is in the way is said and taken away by one press', async ({
  database,
  desk,
  openAs,
}) => {
  const api = `/t/${desk.tenantKey}/trpc`
  const say = wordsOf('en')
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await hearCustomer(database, { desk, conversationId, body: 'The refund is late' })
  for (const isNote of [false, true]) {
    const body = isNote ? 'A refund again' : 'The refund is booked'
    const input = { conversationId, clientId: randomUUID(), body, private: isNote, lastSeenSeq: 2 }
    await call(owner, { api, procedure: 'chat.message.send', input })
  }
  await owner.goto(`/${desk.tenantKey}/chat?search=refund`)
  const messages = owner.getByRole('region', { name: say('chat.found.messages') })
  const found = messages.getByRole('link')
  const choose = async (control: string, option: string) => {
    await messages.getByRole('combobox', { name: control }).press('Enter')
    await expect(owner.getByRole('option', { name: option, exact: true })).toBeVisible()
    await owner.keyboard.type(option)
    await owner.keyboard.press('Enter')
  }
  await expect(found).toHaveCount(3)

  await choose(say('chat.found.kind.label'), say('chat.found.kind.notes'))
  await expect(found).toHaveCount(1)
  await choose(say('chat.found.by.label'), say('chat.found.by.customers'))
  await expect(owner).toHaveURL(/\?search=refund&kind=notes&by=customers$/)
  await expect(messages.getByText(say('chat.found.nothing'))).toBeVisible()
  await expect(messages.getByText(say('chat.found.without.kind'))).toBeVisible()
  await expectAccessible(owner)
  await messages.getByRole('button', { name: say('chat.found.widen.by') }).click()
  await expect(found).toHaveText(/A refund again/)
  await messages.getByRole('button', { name: say('chat.found.clear') }).press('Enter')
  await expect(found).toHaveCount(3)
  await expect(owner).toHaveURL(/\?search=refund$/)

  const inUrdu = wordsOf('ur')
  const path = `/${desk.tenantKey}/chat?search=refund&since=2026-01-01&until=2026-01-02&by=team`
  const agent = await openAs(desk.agent, { path, locale: 'ur', viewport: { width: 390, height: 844 } })
  await expect(agent.getByText(inUrdu('chat.found.without.when'))).toBeVisible()
  await expect(agent.getByLabel(inUrdu('chat.found.when.until'))).toHaveValue('2026-01-02')
  await expectAccessible(agent)
  await agent.getByRole('button', { name: inUrdu('chat.found.widen.when') }).click()
  await expect(
    agent.getByRole('region', { name: inUrdu('chat.found.messages') }).getByRole('link'),
  ).toHaveCount(2)
})

function inThread(page: Page, name: string, text: string) {
  return page.getByRole('region', { name, exact: true }).getByText(text, { exact: true }).first()
}
