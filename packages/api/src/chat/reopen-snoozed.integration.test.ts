import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChangeFeed } from '../change/change-feed.ts'
import { openTestApi, type TestApi, type TestMember } from '../testing.ts'
import { loadAccess } from '../permission/access.ts'
import { REOPEN_SNOOZED, reopenSnoozed } from './reopen-snoozed.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  agent = await desk.addMember('agent')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Snoozed, and its time moved: nobody may snooze into the past. */
async function openSnoozed(snoozedUntil: Date): Promise<string> {
  const id = await desk.openConversation(agent)
  await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .updateTable('conversations')
      .set({ status: 'snoozed', snoozed_until: snoozedUntil })
      .where('id', '=', id)
      .execute(),
  )
  return id
}

const past = () => new Date(Date.now() - 1_000)
const run = () =>
  api.database.withTenant(desk.tenantKey, (db) =>
    reopenSnoozed({ db, tenant: desk.tenant, changes: api.changes }),
  )

test('a snoozed conversation is open again when its time has come, and not before', async () => {
  const due = await openSnoozed(past())
  const later = await openSnoozed(new Date(Date.now() + 3_600_000))
  expect(await run()).toBe(1)
  expect(await agent.call.chat.conversation.byId({ id: due })).toMatchObject({
    status: 'open',
    snoozedUntil: null,
  })
  expect(await agent.call.chat.conversation.byId({ id: later })).toMatchObject({ status: 'snoozed' })
  expect(await run()).toBe(0)
})

test('two processes that find it at once reopen it once', async () => {
  const id = await openSnoozed(past())
  await Promise.all([run(), run(), run()])
  const events = await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('conversation_events')
      .select('kind')
      .where('conversation_id', '=', id)
      .where('kind', '=', 'reopened')
      .execute(),
  )
  expect(events).toHaveLength(1)
})

test('whoever has the inbox open sees it come back', async () => {
  const id = await openSnoozed(past())
  const feed = createChangeFeed({
    database: api.database,
    log: api.log,
    settings: { pollMs: 5 },
    chores: [REOPEN_SNOOZED],
  })
  const access = await api.database.withTenant(desk.tenantKey, (db) => loadAccess(db, agent.user.id))
  const stream = feed.follow({
    tenant: desk.tenant,
    userId: agent.user.id,
    permission: 'chat:read',
    access,
    signal: AbortSignal.timeout(30_000),
  })
  await stream.next()
  expect((await stream.next()).value).toMatchObject({
    event: { change: { kind: 'conversation.updated', entityId: id, conversation: { status: 'open' } } },
  })
  feed.close()
})
