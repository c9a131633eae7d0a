import type { Page } from '@playwright/test'
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

function messagesOf(page: Page, name: string) {
  return page.getByRole('region', { name }).locator('[data-key] p')
}

/** What a plural says of as many. */
function ofOne(text: string, count: number): string {
  return (/one \{([^{}]*)\}/.exec(text)?.[1] ?? text).replace('#', String(count))
}
