import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sweepAttachments } from '../chat/discard-attachment.ts'
import { openTestChat, type TestChat } from '../chat/testing-chat.ts'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import type { ScheduledMessage } from './model.ts'
import { runAlarms } from './run-alarms.ts'
import {
  SCHEDULED_DAYS_MAX,
  SCHEDULED_LATE_MAX_HOURS,
  SCHEDULED_PER_CONVERSATION_MAX,
  SCHEDULED_PER_MEMBER_MAX,
} from './schema.ts'

const HOUR_MS = 3_600_000

let api: TestApi
let chat: TestChat
let agent: TestMember
let colleague: TestMember
let conversationId: string

beforeAll(async () => {
  api = await openTestApi()
  chat = await openTestChat(api)
  agent = await chat.addMember('agent')
  colleague = await chat.addMember('owner')
})
afterAll(async () => {
  await chat[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
beforeEach(async () => {
  conversationId = await chat.openConversation(agent)
})

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

function schedule(more: object = {}, member = agent): Promise<ScheduledMessage> {
  return member.call.scheduled.create({
    conversationId,
    clientId: newId(),
    body: 'Your parcel leaves today.',
    sendAt: inHours(1).toISOString(),
    lastSeenSeq: 0,
    ...more,
  })
}

/** Its time is over by so many hours, and the alarm rings. */
async function makeDue({ id }: { id: string }, hours = 0): Promise<void> {
  const at = new Date(Date.now() - hours * HOUR_MS - 1_000)
  await chat.inTenant((db) =>
    db.updateTable('scheduled_messages').set({ send_at: at }).where('id', '=', id).execute(),
  )
  await api.database.master.updateTable('tenant_alarms').set({ due_at: at }).execute()
}

const ring = () => runAlarms(api)

/** A file of somebody's that waits, uploaded before the sweep would spare it. */
async function addFile(name: string, member = agent, daysAgo = 0): Promise<string> {
  const at = new Date(Date.now() - daysAgo * 24 * HOUR_MS)
  const file = { id: newId(), uploaded_by: member.user.id, name, media_type: 'text/plain', bytes: 3 }
  await chat.inTenant((db) =>
    db
      .insertInto('attachments')
      .values({ ...file, sha256: '0'.repeat(64), created_at: at, stored_at: at })
      .execute(),
  )
  return file.id
}

const sweep = () =>
  chat.inTenant((db) =>
    sweepAttachments(api.files.store).run({ db, tenant: chat.tenant, changes: api.changes }),
  )

async function readBodies(): Promise<string[]> {
  const { items } = await agent.call.chat.message.list({ conversationId })
  return items.map(({ body }) => body)
}

async function listWaiting(): Promise<ScheduledMessage[]> {
  return (await agent.call.scheduled.list({ conversationId })).items
}

async function readAlarm(): Promise<Date | undefined> {
  const row = await api.database.master.selectFrom('tenant_alarms').select('due_at').executeTakeFirst()
  return row?.due_at
}

async function readLastChange(): Promise<unknown> {
  const row = await chat.inTenant((db) =>
    db
      .selectFrom('changes')
      .select('payload')
      .where('kind', '=', 'scheduled.changed')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
  return typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload
}

describe('a message that is sent later', () => {
  test('is shown to all as waiting, goes at its time though nobody is there, and once, whoever tries', async () => {
    const scheduled = await schedule()
    expect((await colleague.call.scheduled.list({ conversationId })).items).toEqual([scheduled])
    expect(await ring()).toBe(0)
    expect(await readBodies()).toEqual([])
    await makeDue(scheduled)
    await Promise.all([ring(), ring(), ring()])
    const { items } = await agent.call.chat.message.list({ conversationId })
    expect(items).toMatchObject([
      { clientId: scheduled.clientId, authorId: agent.user.id, body: scheduled.body, private: false },
    ])
    expect(await listWaiting()).toEqual([])
    expect(await readAlarm()).toBeUndefined()
  })

  test('the alarm goes on to the next one, however many processes rang it', async () => {
    const [first, second] = [await schedule(), await schedule({ sendAt: inHours(30).toISOString() })]
    await makeDue(first)
    await Promise.all([ring(), ring()])
    expect((await readAlarm())?.toISOString()).toBe(second.sendAt)
    await agent.call.scheduled.cancel({ scheduledId: second.id })
  })

  test('waits while the tenant is suspended and goes when it is open again', async () => {
    await makeDue(await schedule())
    await api.database.setTenantStatus(chat.tenantKey, 'suspended')
    expect(await ring()).toBe(0)
    await api.database.setTenantStatus(chat.tenantKey, 'active')
    expect(await ring()).toBe(1)
    expect(await readBodies()).toHaveLength(1)
  })

  test('is sent at once if its author wants it, and no more at its time', async () => {
    const scheduled = await schedule()
    await makeDue(scheduled)
    const sent = await agent.call.scheduled.sendNow({ scheduledId: scheduled.id, lastSeenSeq: 0 })
    expect(sent).toMatchObject({ outcome: 'accepted', message: { seq: 1, body: scheduled.body } })
    await ring()
    expect(await readBodies()).toHaveLength(1)
    const refusal = await readRefusal(
      agent.call.scheduled.sendNow({ scheduledId: scheduled.id, lastSeenSeq: 0 }),
    )
    expect(refusal.data.code).toBe('NOT_FOUND')
  })

  test('that was written twice, because an answer was lost, is there once', async () => {
    const clientId = newId()
    const [one, other] = [await schedule({ clientId }), await schedule({ clientId })]
    expect(other).toEqual(one)
    const refusal = await readRefusal(schedule({ clientId }, colleague))
    expect(refusal.data.code).toBe('CONFLICT')
  })
})

describe('a message is held back and its author told', () => {
  test('when the customer has written since, until they have read it and decided', async () => {
    const scheduled = await schedule()
    await chat.hearCustomer(conversationId, 'It is solved, thank you.')
    await makeDue(scheduled)
    await ring()
    expect(await readBodies()).toEqual(['It is solved, thank you.'])
    expect(await listWaiting()).toMatchObject([{ heldReason: 'answered' }])
    expect((await agent.call.scheduled.held()).items).toMatchObject([{ id: scheduled.id }])
    expect((await colleague.call.scheduled.held()).items).toEqual([])
    expect(await readLastChange()).toMatchObject({ userId: agent.user.id, heldReason: 'answered' })
    await ring()
    const now = { scheduledId: scheduled.id, lastSeenSeq: 0 }
    const refusal = await readRefusal(agent.call.scheduled.sendNow(now))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { lastSeq: 1 } })
    await agent.call.scheduled.sendNow({ ...now, lastSeenSeq: 1 })
    expect(await readBodies()).toHaveLength(2)
  })

  test('when a colleague has answered since, and not for a note or a message of their own', async () => {
    const scheduled = await schedule()
    const write = (member: TestMember, more: object) =>
      member.call.chat.message.send({ conversationId, clientId: newId(), body: 'Hello', ...more })
    await write(agent, {})
    await write(colleague, { private: true })
    await makeDue(scheduled)
    await ring()
    expect(await listWaiting()).toEqual([])
    const second = await schedule({ lastSeenSeq: 3 })
    await write(colleague, {})
    await makeDue(second)
    await ring()
    expect(await listWaiting()).toMatchObject([{ heldReason: 'answered' }])
    const again = { scheduledId: second.id, body: 'As my colleague says.', lastSeenSeq: 4 }
    await agent.call.scheduled.update({ ...again, sendAt: inHours(1).toISOString() })
    await makeDue(second)
    await ring()
    expect((await readBodies()).at(-1)).toBe('As my colleague says.')
  })

  test('when its author may not answer any more; then anybody who may takes it back, and before nobody else', async () => {
    const leaver = await chat.addMember('agent')
    const scheduled = await schedule({}, leaver)
    const early = await readRefusal(agent.call.scheduled.cancel({ scheduledId: scheduled.id }))
    expect(early.data.code).toBe('FORBIDDEN')
    await colleague.call.permission.member.remove({ userId: leaver.user.id })
    await makeDue(scheduled)
    await ring()
    expect(await readBodies()).toEqual([])
    expect(await listWaiting()).toMatchObject([{ heldReason: 'not-allowed' }])
    await agent.call.scheduled.cancel({ scheduledId: scheduled.id })
    expect(await listWaiting()).toEqual([])
  })

  test('when its customer is archived, or its time was over for hours before anything could be sent', async () => {
    const late = await schedule()
    await makeDue(late, SCHEDULED_LATE_MAX_HOURS + 1)
    await ring()
    expect(await listWaiting()).toMatchObject([{ heldReason: 'late' }])
    await agent.call.scheduled.cancel({ scheduledId: late.id })
    const { customerId } = await agent.call.chat.conversation.byId({ id: conversationId })
    const scheduled = await schedule()
    await colleague.call.customer.archive({ id: customerId })
    await makeDue(scheduled)
    await ring()
    expect(await listWaiting()).toMatchObject([{ heldReason: 'archived' }])
    expect(await readBodies()).toEqual([])
  })
})

describe('a message cannot be written for later', () => {
  test('at a time that is over or beyond a year, without words, or as an answer to what is not there', async () => {
    const refusals = await readRefusals([
      schedule({ sendAt: inHours(-1).toISOString() }),
      schedule({ sendAt: inHours(24 * SCHEDULED_DAYS_MAX + 1).toISOString() }),
      schedule({ body: '  ' }),
      schedule({ replyToSeq: 7 }),
      schedule({ conversationId: newId() }),
    ])
    expect(refusals.map(({ data }) => data.code)).toEqual([
      'BAD_REQUEST',
      'BAD_REQUEST',
      'BAD_REQUEST',
      'BAD_REQUEST',
      'NOT_FOUND',
    ])
  })

  test('beyond ten in one conversation and two hundred of one member', async () => {
    const row = async (at: string) => ({
      id: newId(),
      conversation_id: at,
      author_id: agent.user.id,
      client_id: newId(),
      body: 'Later',
      reply_to_seq: null,
      seen_seq: 0,
      send_at: inHours(2),
      held_reason: null,
      created_at: new Date(),
      updated_at: new Date(),
    })
    const insert = async (at: string, count: number) => {
      const rows = await Promise.all(Array.from({ length: count }, () => row(at)))
      await chat.inTenant((db) => db.insertInto('scheduled_messages').values(rows).execute())
    }
    await insert(conversationId, SCHEDULED_PER_CONVERSATION_MAX)
    expect((await readRefusal(schedule())).data.code).toBe('CONFLICT')
    const elsewhere = await chat.openConversation(agent)
    await insert(
      await chat.openConversation(agent),
      SCHEDULED_PER_MEMBER_MAX - SCHEDULED_PER_CONVERSATION_MAX,
    )
    expect((await readRefusal(schedule({ conversationId: elsewhere }))).data.code).toBe('CONFLICT')
    expect(await schedule({ conversationId: elsewhere }, colleague)).toMatchObject({ heldReason: null })
    await chat.inTenant((db) => db.deleteFrom('scheduled_messages').execute())
  })

  test('by who may not answer; nor changed, sent or taken back by somebody else', async () => {
    const viewer = await chat.addMember('viewer')
    const scheduled = await schedule()
    const theirs = { scheduledId: scheduled.id, lastSeenSeq: 0 }
    const refusals = await readRefusals([
      schedule({}, viewer),
      viewer.call.scheduled.cancel({ scheduledId: scheduled.id }),
      colleague.call.scheduled.sendNow(theirs),
      colleague.call.scheduled.update({ ...theirs, body: 'Other', sendAt: inHours(1).toISOString() }),
      colleague.call.scheduled.cancel({ scheduledId: scheduled.id }),
    ])
    expect(refusals.map(({ data }) => data.code)).toEqual(Array(5).fill('FORBIDDEN'))
    expect((await viewer.call.scheduled.list({ conversationId })).items).toEqual([scheduled])
    await agent.call.scheduled.cancel({ scheduledId: scheduled.id })
  })
})

describe('files and notes', () => {
  test('files wait for as long as their message, are seen by all who read it, and go with it', async () => {
    const attachmentIds = [await addFile('bill.txt', agent, 9), await addFile('terms.txt', agent, 9)]
    const scheduled = await schedule({ body: '', attachmentIds })
    await sweep()
    const names = ['bill.txt', 'terms.txt']
    const seen = (await colleague.call.scheduled.list({ conversationId })).items
    expect(seen.map(({ attachments }) => attachments.map(({ name }) => name))).toEqual([names])
    const [id = ''] = attachmentIds
    const refusals = await readRefusals([
      schedule({ attachmentIds: [id] }),
      agent.call.chat.attachment.discard({ attachmentId: id }),
      agent.call.chat.message.send({ conversationId, clientId: newId(), body: 'x', attachmentIds: [id] }),
      schedule({ attachmentIds: [await addFile('theirs.txt', colleague)] }),
    ])
    expect(refusals.map(({ data }) => data.code)).toEqual(Array(4).fill('NOT_FOUND'))
    await makeDue(scheduled)
    await Promise.all([ring(), ring()])
    const { items } = await agent.call.chat.message.list({ conversationId })
    expect(items.map(({ attachments = [] }) => attachments.map(({ name }) => name))).toEqual([names])
    await sweep()
    expect((await agent.call.chat.message.list({ conversationId })).items).toEqual(items)
  })

  test('taken back by its author its files can be sent at once; taken back by another they are gone', async () => {
    const own = await addFile('own.txt', agent, 9)
    await agent.call.scheduled.cancel({ scheduledId: (await schedule({ attachmentIds: [own] })).id })
    await sweep()
    const sent = { conversationId, clientId: newId(), body: 'now', attachmentIds: [own] }
    expect((await agent.call.chat.message.send(sent)).message.attachments).toMatchObject([{ id: own }])
    const leaver = await chat.addMember('agent')
    const theirs = await addFile('theirs.txt', leaver)
    const scheduled = await schedule({ attachmentIds: [theirs] }, leaver)
    await colleague.call.permission.member.remove({ userId: leaver.user.id })
    await agent.call.scheduled.cancel({ scheduledId: scheduled.id })
    await sweep()
    const left = await chat.inTenant((db) =>
      db.selectFrom('attachments').select('id').where('id', '=', theirs).execute(),
    )
    expect(left).toEqual([])
  })

  test('a note goes at its time whatever was said since, to members alone, and names whom it still names', async () => {
    const named = await chat.addMember('agent', 'Hira')
    const dropped = await chat.addMember('agent', 'Omar')
    const body = '@Hira and @Omar: call them today'
    const note = await schedule({ private: true, body, mentions: [named.user.id, dropped.user.id] })
    expect(note).toMatchObject({ private: true, mentions: [{ name: 'Hira' }, { name: 'Omar' }] })
    const edited = { scheduledId: note.id, body: '@Hira: call them today', lastSeenSeq: 0 }
    await agent.call.scheduled.update({ ...edited, sendAt: inHours(1).toISOString() })
    await chat.hearCustomer(conversationId, 'Any news?')
    await makeDue(note, SCHEDULED_LATE_MAX_HOURS + 1)
    await ring()
    const { items } = await agent.call.chat.message.list({ conversationId })
    expect(items.at(-1)).toMatchObject({ private: true, mentions: [{ userId: named.user.id, name: 'Hira' }] })
    expect(await agent.call.chat.conversation.byId({ id: conversationId })).toMatchObject({
      lastMessagePreview: 'Any news?',
      waitingSince: expect.any(String),
    })
    expect(await chat.listIds(named, { box: 'mentions' })).toContain(conversationId)
    expect(await chat.listIds(dropped, { box: 'mentions' })).not.toContain(conversationId)
  })

  test('are refused without words and files, and members are named in notes alone', async () => {
    const scheduled = await schedule()
    const change = { scheduledId: scheduled.id, body: ' ', lastSeenSeq: 0, sendAt: inHours(1).toISOString() }
    const [empty, named, changed] = await readRefusals([
      schedule({ body: '', attachmentIds: [] }),
      schedule({ mentions: [colleague.user.id] }),
      agent.call.scheduled.update(change),
    ])
    expect(empty?.data.fields?.fieldErrors).toHaveProperty('body')
    expect(named?.data.fields?.fieldErrors).toHaveProperty('mentions')
    expect(changed?.data.fields?.fieldErrors).toHaveProperty('body')
    await agent.call.scheduled.cancel({ scheduledId: scheduled.id })
  })
})
