import type { Database } from '@sarai/db'
import type { Desk } from './harness/desk.ts'
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
    await ringNow(database, desk)
    await expect(waiting.getByText(say('chat.scheduled.reason.answered'))).toBeVisible({ timeout: 30_000 })
    await expectAccessible(owner)
    await waiting.getByRole('button', { name: say('chat.scheduled.sendAnyway') }).click()
    await expect(waiting).toHaveCount(0)
    await new Inbox(agent, say).expectMessages(['It is here already', 'It leaves at noon'])
  })
}

test('a note with a file waits for tomorrow, comes back whole into the composer, and goes at its time', async ({
  database,
  desk,
  openAs,
}) => {
  const say = wordsOf('en')
  const owner = await openAs(desk.owner, { locale: 'en' })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await owner.goto(path)
  const composer = new Inbox(owner, say).composer(CUSTOMER)
  const waiting = owner.getByRole('region', { name: say('chat.scheduled.list') })
  const tray = owner.getByRole('list', { name: say('chat.attachment.tray') })
  const later = async () => {
    await owner.getByRole('button', { name: say('chat.scheduled.later') }).click()
    await owner.getByRole('menuitem', { name: say('chat.snooze.tomorrow') }).click()
    await expect(waiting.getByRole('link', { name: 'terms.txt' })).toBeVisible()
    await expect(tray).toHaveCount(0)
    await expect(composer).toHaveValue('')
  }
  await owner.getByRole('button', { name: say('chat.composer.note'), exact: true }).click()
  await composer.fill('Ask them about this')
  const buffer = Buffer.from('thirty days')
  await owner.locator('input[type=file]').setInputFiles({ name: 'terms.txt', buffer, mimeType: 'text/plain' })
  await later()
  await expect(waiting).toContainText(say('chat.thread.privateNote'))
  await expectAccessible(owner)

  const agent = await openAs(desk.agent, { locale: 'en', path })
  const seen = agent.getByRole('region', { name: say('chat.scheduled.list') })
  await expect(seen.getByRole('link', { name: 'terms.txt' })).toBeVisible()
  await waiting.getByRole('button', { name: say('chat.scheduled.cancel') }).click()
  await expect(composer).toHaveValue('Ask them about this')
  await expect(tray).toContainText('terms.txt')
  await expect(seen).toHaveCount(0)
  await later()
  await ringNow(database, desk)
  const messages = agent.getByRole('region', { name: say('chat.thread.messages') })
  await expect(messages.getByRole('link', { name: 'terms.txt' })).toBeVisible({ timeout: 30_000 })
  await expect(messages).toContainText(say('chat.thread.privateNote'))
  await expect(waiting).toHaveCount(0)
})

/** The time of everything that waits is over, and the alarm rings. */
async function ringNow(database: Database, desk: Desk): Promise<void> {
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
}
