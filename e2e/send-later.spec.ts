import { hearCustomer } from './harness/hear-customer.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'

for (const locale of ['en', 'ur'] as const satisfies readonly Locale[]) {
  test(`a reply for tomorrow is seen by all, edited, and held back when the customer writes first (${locale})`, async ({
    database,
    desk,
    openAs,
  }) => {
    const say = wordsOf(locale)
    const owner = await openAs(desk.owner, { locale })
    const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
    const path = `/${desk.tenantKey}/chat/${conversationId}`
    await owner.goto(path)
    await new Inbox(owner, say).composer(CUSTOMER).fill('It leaves today')
    await owner.getByRole('button', { name: say('chat.scheduled.later') }).click()
    await owner.getByRole('menuitem', { name: say('chat.snooze.tomorrow') }).click()
    const waiting = owner.getByRole('region', { name: say('chat.scheduled.list') })
    await expect(waiting).toContainText('It leaves today')
    await expect(new Inbox(owner, say).composer(CUSTOMER)).toHaveValue('')
    await expectAccessible(owner)

    const agent = await openAs(desk.agent, { locale, path })
    const seen = agent.getByRole('region', { name: say('chat.scheduled.list') })
    await expect(seen).toContainText('It leaves today')
    await expect(seen.getByRole('button')).toHaveCount(0)
    await waiting.getByRole('button', { name: say('chat.scheduled.edit') }).click()
    await owner.getByRole('textbox', { name: say('chat.scheduled.text') }).fill('It leaves at noon')
    await owner.getByRole('button', { name: say('chat.scheduled.save') }).click()
    await expect(seen).toContainText('It leaves at noon')

    await hearCustomer(database, { desk, conversationId, body: 'It is here already' })
    const past = new Date(Date.now() - 1_000)
    await database.withTenant(desk.tenantKey, (db) =>
      db.updateTable('scheduled_messages').set({ send_at: past }).execute(),
    )
    const tenant = await database.getTenant(desk.tenantKey)
    await database.master
      .updateTable('tenant_alarms')
      .set({ due_at: past })
      .where('tenant_id', '=', tenant.id)
      .execute()
    await expect(waiting.getByText(say('chat.scheduled.reason.answered'))).toBeVisible({ timeout: 30_000 })
    await expectAccessible(owner)
    await waiting.getByRole('button', { name: say('chat.scheduled.sendAnyway') }).click()
    await expect(waiting).toHaveCount(0)
    await new Inbox(agent, say).expectMessages(['It is here already', 'It leaves at noon'])
  })
}
