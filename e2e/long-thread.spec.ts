import type { Page } from '@playwright/test'
import { hearCustomer } from './harness/hear-customer.ts'
import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { placeOf, scrollAndWatch } from './harness/watch-messages.ts'
import { wordsOf } from './harness/words.ts'
import { writeHistory } from './harness/write-history.ts'

const CUSTOMER = 'Hina Javed'
const MESSAGES = 20_000
/** However many are loaded, no more are in the page. */
const DRAWN_MAX = 200
const STEP_PX = 1_200
const say = wordsOf('en')

/** From one line to twenty, so that no stretch is as high as was thought. */
const bodyOf = (seq: number) =>
  `Line ${seq} ${'and so on '.repeat(seq % 9 === 0 ? (seq * 7) % 90 : seq % 5)}`.trim()

const threadOf = (page: Page) => page.getByRole('region', { name: say('chat.thread.messages'), exact: true })

test('in a thread of 20,000 messages nothing moves by itself, however far one reads back or jumps, and few of them are in the page', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await writeHistory(database, { desk, conversationId, count: MESSAGES, bodyOf })
  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  const thread = threadOf(owner)
  const message = (seq: number) => thread.locator(`[data-seq="${seq}"]`)
  await expect(thread.getByText(say('chat.thread.unreadFrom'))).toBeVisible()

  const back = await scrollAndWatch(thread, { stepPx: -STEP_PX, toSeq: MESSAGES - 2_000 })
  expect(back.movedMost).toBeLessThanOrEqual(1)
  expect(back.drawnMost).toBeLessThanOrEqual(DRAWN_MAX)

  const read = await placeOf(thread)
  await hearCustomer(database, { desk, conversationId, body: 'A new line' })
  const below = owner.getByRole('button', { name: '1 new message', exact: true })
  await expect(below).toBeVisible()
  expect(await placeOf(thread)).toEqual(read)
  // The heights of everything that is not in the page count no more; what is read stays where it is.
  await owner.setViewportSize({ width: 1300, height: 900 })
  await expect.poll(() => placeOf(thread)).toEqual(read)
  await below.click()
  await expect(message(MESSAGES + 1)).toBeInViewport()

  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}?message=1`)
  await expect(message(1)).toBeInViewport({ timeout: 120_000 })
  await expect(message(1)).toHaveAttribute('aria-setsize', String(MESSAGES + 1))
  const down = await scrollAndWatch(thread, { stepPx: STEP_PX, toSeq: 1_000 })
  const up = await scrollAndWatch(thread, { stepPx: -STEP_PX, toSeq: 1 })
  for (const way of [down, up]) {
    expect(way.movedMost).toBeLessThanOrEqual(1)
    expect(way.drawnMost).toBeLessThanOrEqual(DRAWN_MAX)
    expect(way.blank).toBe(0)
  }
  await owner.getByRole('button', { name: say('chat.thread.jumpToLatest') }).click()
  await expect(message(MESSAGES + 1)).toBeInViewport()
  expect(await thread.locator('[data-seq]').count()).toBeLessThanOrEqual(DRAWN_MAX)
})

test('a message that is being edited keeps its words and the focus while one reads far away from it, by keyboard too', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await writeHistory(database, { desk, conversationId, count: 600, bodyOf })
  await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  const thread = threadOf(owner)
  await owner.getByRole('button', { name: say('chat.thread.jumpToLatest') }).click()
  await expect(thread.locator('[data-seq="600"]')).toBeInViewport()
  await new Inbox(owner, say).send(CUSTOMER, 'Not quite right')
  const own = thread.locator('[data-seq="601"]')
  await test.step('at its end it stays there when a scroll is heard of after its room became smaller', async () => {
    await thread.evaluate((scroller) => {
      if (scroller.parentElement) scroller.parentElement.style.paddingBlockEnd = '200px'
      scroller.dispatchEvent(new Event('scroll'))
    })
    const left = () => thread.evaluate((each) => each.scrollHeight - each.clientHeight - each.scrollTop)
    await expect.poll(left).toBeLessThan(1)
  })
  await own.hover()
  await own.getByRole('button', { name: say('chat.change.edit') }).click()
  const editor = thread.getByRole('textbox', { name: say('chat.change.edit') })
  await editor.press('End')
  await editor.pressSequentially(', but nearly')
  await scrollAndWatch(thread, { stepPx: -STEP_PX, toSeq: 1 })
  expect(await thread.locator('[data-seq]').count()).toBeLessThanOrEqual(DRAWN_MAX)
  await expect(editor).toBeFocused()
  await expect(editor).toHaveValue('Not quite right, but nearly')
  await editor.press('Enter')
  await expect(editor).toHaveCount(0)

  await thread.focus()
  await thread.press('Home')
  await expect(thread.locator('[data-seq="1"]')).toBeInViewport()
  await thread.press('End')
  await expect(own).toBeInViewport()
  await expect(own).toContainText('Not quite right, but nearly')
})
