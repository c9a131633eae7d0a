import type { Page } from '@playwright/test'
import { call } from './harness/call.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { hearCustomer } from './harness/hear-customer.ts'
import { Inbox } from './harness/inbox.ts'
import { createCustomer, startConversationOf } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'

for (const locale of ['en', 'ur'] as const satisfies readonly Locale[]) {
  test(`two conversations become one before everybody's eyes, and two again (${locale})`, async ({
    database,
    desk,
    openAs,
  }) => {
    const say = wordsOf(locale)
    const owner = await openAs(desk.owner, { locale })
    const customerId = await createCustomer(owner, { desk, name: CUSTOMER })
    const part = await startConversationOf(owner, { desk, customerId, subject: 'Parcel' })
    const survivor = await startConversationOf(owner, { desk, customerId, subject: 'Refund' })
    await hearCustomer(database, { desk, conversationId: part, body: 'Where is it?' })
    const pathOf = (id: string) => `/${desk.tenantKey}/chat/${id}`
    const agent = await openAs(desk.agent, { locale, path: pathOf(part) })
    await new Inbox(agent, say).composer(CUSTOMER).fill('It left today')
    await owner.goto(pathOf(survivor))
    const dialog = owner.getByRole('dialog')

    await test.step('by keyboard: the likeliest first, which goes on, what it will be', async () => {
      await expect(owner.getByRole('button', { name: say('chat.merge.action') })).toBeVisible()
      await owner.keyboard.press('Shift+M')
      await expect(dialog.getByRole('option', { name: 'Parcel' })).toBeVisible()
      await expectAccessible(owner)
      await owner.keyboard.press('Enter')
      await expect(dialog.getByText(say('chat.merge.result'))).toBeVisible()
      await expect(dialog.getByRole('radio', { name: 'Refund' })).toBeChecked()
      await expectAccessible(owner)
      await dialog.getByRole('button', { name: say('chat.merge.do'), exact: true }).click()
      await expect(owner.getByText(say('chat.merge.done'))).toBeVisible()
    })

    const rows = owner.getByRole('region', { name: say('chat.list.label') }).getByRole('listitem')
    await test.step('one is left, with the other folded in it', async () => {
      await expect(rows).toHaveCount(1)
      const fold = owner.getByRole('button', { name: ofOne(say('chat.merge.show'), 1) })
      await fold.click()
      await expect(
        owner.getByRole('region', { name: say('chat.merge.part', { subject: 'Parcel' }) }),
      ).toContainText('Where is it?')
      await expectAccessible(owner)
    })

    await test.step('who had the other open is told at once, and goes on where it goes on with what they wrote', async () => {
      await expect(agent.getByText(say('chat.merge.badge'), { exact: true })).toBeVisible()
      await expectAccessible(agent)
      await agent.getByRole('button', { name: say('chat.merge.goOn') }).click()
      await expect(agent).toHaveURL(new RegExp(survivor))
      await expect(new Inbox(agent, say).composer(CUSTOMER)).toHaveValue('It left today')
      await new Inbox(agent, say).composer(CUSTOMER).press('Enter')
      await expect(messagesOf(owner, say('chat.thread.messages'))).toContainText([
        'Where is it?',
        'It left today',
      ])
      await hearCustomer(database, { desk, conversationId: part, body: 'Thank you' })
      await expect(messagesOf(owner, say('chat.thread.messages'))).toContainText([
        'Where is it?',
        'It left today',
        'Thank you',
      ])
    })

    await test.step('undone from the line in the thread', async () => {
      await owner.getByRole('button', { name: say('chat.merge.undo') }).click()
      await expect(rows).toHaveCount(2)
      await expect(owner.getByRole('button', { name: say('chat.merge.hide') })).toHaveCount(0)
      await new Inbox(owner, say).expectMessages(['It left today', 'Thank you'])
    })

    await test.step('the toast takes a merge back and leads back', async () => {
      await owner.goto(pathOf(part))
      await owner.getByRole('button', { name: say('chat.merge.action') }).click()
      await dialog.getByRole('option', { name: 'Refund' }).click()
      await dialog.getByRole('radio', { name: 'Refund' }).check()
      await dialog.getByRole('button', { name: say('chat.merge.do'), exact: true }).click()
      await expect(owner).toHaveURL(new RegExp(survivor))
      await owner.getByRole('button', { name: say('common.action.undo'), exact: true }).click()
      await expect(owner).toHaveURL(new RegExp(part))
      await expect(rows).toHaveCount(2)
      await expect(new Inbox(owner, say).composer(CUSTOMER)).toBeVisible()
    })
  })
}

/** More than a page of a thread. */
const LINES_BELOW = 60

test('what was said in a part is found in the conversation, and shown there, unfolded, however far back it is', async ({
  database,
  desk,
  openAs,
}) => {
  const api = `/t/${desk.tenantKey}/trpc`
  const say = wordsOf('en')
  const owner = await openAs(desk.owner)
  const customerId = await createCustomer(owner, { desk, name: CUSTOMER })
  const part = await startConversationOf(owner, { desk, customerId, subject: 'Parcel' })
  const survivor = await startConversationOf(owner, { desk, customerId, subject: 'Refund' })
  const hearLines = async (conversationId: string, first: string) => {
    const lines = [first, ...Array.from({ length: LINES_BELOW }, (_, line) => `Line ${line}`)]
    for (const body of lines) await hearCustomer(database, { desk, conversationId, body })
  }
  await hearLines(part, 'Where is my kettle?')
  await hearCustomer(database, { desk, conversationId: survivor, body: 'My money, please' })
  const ids = { mergedConversationId: part, survivorConversationId: survivor }
  await call(owner, { api, procedure: 'merge.conversations', input: ids })
  await hearLines(survivor, 'The kettle has come')

  await owner.goto(`/${desk.tenantKey}/chat/${survivor}?search=kettle&here=true`)
  const found = owner.getByRole('region', { name: say('chat.found.messagesHere') }).getByRole('link')
  const thread = owner.getByRole('region', { name: say('chat.thread.messages'), exact: true })
  for (const text of ['Where is my kettle?', 'The kettle has come', 'Where is my kettle?']) {
    await expect(found).toHaveCount(2)
    await found.filter({ hasText: text }).click()
    await expect(thread.getByText(text, { exact: true })).toBeInViewport()
    await expect(owner).toHaveURL(new RegExp(`/chat/${survivor}\\?search=kettle&here=true$`))
  }
  await expectAccessible(owner)

  const inUrdu = wordsOf('ur')
  const path = `/${desk.tenantKey}/chat?search=kettle`
  const agent = await openAs(desk.agent, { path, locale: 'ur', viewport: { width: 390, height: 844 } })
  const everywhere = agent.getByRole('region', { name: inUrdu('chat.found.messages') }).getByRole('link')
  await everywhere.filter({ hasText: 'Where is my kettle?' }).click()
  const inPart = agent.getByRole('region', { name: inUrdu('chat.merge.part', { subject: 'Parcel' }) })
  await expect(inPart.getByText('Where is my kettle?', { exact: true })).toBeInViewport()
  await expect(new Inbox(agent, inUrdu).composer(CUSTOMER)).toBeVisible()

  await agent.goto(`/${desk.tenantKey}/chat/${survivor}?message=1&part=${desk.agent.userId}`)
  await expect(agent).toHaveURL(new RegExp(`/chat/${survivor}$`))
})

function messagesOf(page: Page, name: string) {
  return page.getByRole('region', { name }).locator('[data-key] p')
}

/** What a plural says of as many. */
function ofOne(text: string, count: number): string {
  return (/one \{([^{}]*)\}/.exec(text)?.[1] ?? text).replace('#', String(count))
}
