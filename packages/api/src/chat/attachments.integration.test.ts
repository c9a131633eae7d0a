import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FILE_WAITS_HOURS_MAX, FILES_PER_MESSAGE_MAX, FILES_WAITING_MAX } from '../file/schema.ts'
import { makePng } from '../file/testing-files.ts'
import { sweepTenantFiles } from '../file/sweep-tenant-files.ts'
import { makeContext, openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { sweepAttachments } from './discard-attachment.ts'
import type { Attachment } from './model.ts'
import { openAttachment } from './open-attachment.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'
import { uploadAttachment } from './upload-attachment.ts'

let api: TestApi
let desk: TestChat
let amir: TestMember
let sana: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  amir = await desk.addMember('agent', 'Amir')
  sana = await desk.addMember('agent', 'Sana')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const as = (person: TestMember) => makeContext(api, { tenantKey: desk.tenantKey, person })

function upload(
  person: TestMember,
  name = 'note.txt',
  content: Buffer | string = 'hello',
): Promise<Attachment> {
  const body = Readable.from([Buffer.from(content)])
  return uploadAttachment(as(person), { name, body, declaredBytes: undefined })
}

const read = async (person: TestMember, id: string) => text((await openAttachment(as(person), id)).content)
const isStored = async ({ id }: Attachment) =>
  (await api.files.store.read({ tenantId: desk.tenant.id, fileId: id })) !== undefined
const findRow = ({ id }: Attachment) =>
  api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('attachments').where('id', '=', id).selectAll().executeTakeFirst(),
  )

describe('a message with files', () => {
  test('has them in their order, for whoever reads it and on the stream, and is previewed by the first', async () => {
    const conversationId = await desk.openConversation(amir)
    const files = [await upload(amir, 'photo.png', makePng(640, 480)), await upload(amir, 'رسید.txt', 'سلام')]
    const clientId = newId()
    const input = { conversationId, clientId, body: '', attachmentIds: files.map(({ id }) => id) }
    const sent = await amir.call.chat.message.send(input)
    expect(sent.message.attachments).toEqual([
      {
        id: files[0]?.id,
        name: 'photo.png',
        mediaType: 'image/png',
        bytes: makePng(640, 480).length,
        picture: { width: 640, height: 480 },
      },
      { id: files[1]?.id, name: 'رسید.txt', mediaType: 'text/plain', bytes: 8 },
    ])
    const { items } = await sana.call.chat.message.list({ conversationId })
    expect(items).toEqual([sent.message])
    expect(await amir.call.chat.message.send(input)).toEqual({ message: sent.message, outcome: 'duplicate' })
    const conversation = await sana.call.chat.conversation.byId({ id: conversationId })
    expect(conversation.lastMessagePreview).toBe('📎 photo.png')
    const changes = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('changes').where('entity_id', '=', sent.message.id).select('payload').execute(),
    )
    expect(changes.map(({ payload }) => payload)).toMatchObject([{ message: sent.message }])
    expect(await read(sana, files[1]?.id ?? '')).toBe('سلام')
  })

  test('is refused whole when one of its files is not there, and leaves the others waiting', async () => {
    const conversationId = await desk.openConversation(amir)
    const mine = await upload(amir)
    const hers = await upload(sana)
    for (const other of [hers.id, newId()]) {
      const input = { conversationId, clientId: newId(), body: 'look', attachmentIds: [mine.id, other] }
      const refusal = await readRefusal(amir.call.chat.message.send(input))
      expect(refusal.data.domain).toMatchObject({ code: 'NOT_FOUND', details: { attachmentIds: [other] } })
    }
    expect((await amir.call.chat.message.list({ conversationId })).items).toEqual([])
    const input = { conversationId, clientId: newId(), body: 'look', attachmentIds: [mine.id, mine.id] }
    expect((await amir.call.chat.message.send(input)).message.attachments).toEqual([mine])
  })

  test('a file is sent with one message, however many ask for it at once', async () => {
    const conversationId = await desk.openConversation(amir)
    const { id } = await upload(amir)
    const sends = Array.from({ length: 8 }, (_, index) =>
      amir.call.chat.message.send({
        conversationId,
        clientId: newId(),
        body: `message ${index}`,
        attachmentIds: [id],
      }),
    )
    const settled = await Promise.allSettled(sends)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await amir.call.chat.message.list({ conversationId })).items).toHaveLength(1)
  })

  test('needs words or a file, and takes FILES_PER_MESSAGE_MAX', async () => {
    const conversationId = await desk.openConversation(amir)
    const input = { conversationId, clientId: newId(), body: ' ' }
    for (const attachmentIds of [undefined, [], Array.from({ length: FILES_PER_MESSAGE_MAX + 1 }, newId)]) {
      const refusal = await readRefusal(amir.call.chat.message.send({ ...input, attachmentIds }))
      expect(refusal.data.code).toBe('BAD_REQUEST')
    }
  })
})

describe('a file that waits', () => {
  test('is its owner’s alone: nobody else reads, sends or discards it', async () => {
    const mine = await upload(amir)
    expect(await read(amir, mine.id)).toBe('hello')
    await expect(read(sana, mine.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const refusal = await readRefusal(sana.call.chat.attachment.discard({ attachmentId: mine.id }))
    expect(refusal.data.code).toBe('NOT_FOUND')
  })

  test('goes with row and bytes when it is discarded; one that is sent cannot be', async () => {
    const conversationId = await desk.openConversation(amir)
    const [kept, discarded] = [await upload(amir), await upload(amir)]
    await amir.call.chat.attachment.discard({ attachmentId: discarded.id })
    expect([await isStored(discarded), await findRow(discarded)]).toEqual([false, undefined])
    const input = { conversationId, clientId: newId(), body: '', attachmentIds: [kept.id] }
    await amir.call.chat.message.send(input)
    const refusal = await readRefusal(amir.call.chat.attachment.discard({ attachmentId: kept.id }))
    expect(refusal.data.code).toBe('NOT_FOUND')
    expect(await isStored(kept)).toBe(true)
  })

  test('is swept after FILE_WAITS_HOURS_MAX, as is what an upload that was cut off left; what is sent stays', async () => {
    const conversationId = await desk.openConversation(amir)
    const [waiting, cutOff, sent] = [await upload(amir), await upload(amir), await upload(amir)]
    await amir.call.chat.message.send({
      conversationId,
      clientId: newId(),
      body: '',
      attachmentIds: [sent.id],
    })
    const sweepAt = (hours: number) =>
      api.database.withTenant(desk.tenantKey, async (db) => {
        await db.updateTable('attachments').set({ stored_at: null }).where('id', '=', cutOff.id).execute()
        const at = new Date(Date.now() + hours * 3_600_000)
        await sweepAttachments(api.files.store, () => at).run({
          db,
          tenant: desk.tenant,
          changes: api.changes,
        })
      })
    await sweepAt(FILE_WAITS_HOURS_MAX - 0.1)
    expect(await Promise.all([waiting, cutOff, sent].map(isStored))).toEqual([true, true, true])
    await sweepAt(FILE_WAITS_HOURS_MAX + 0.1)
    expect(await Promise.all([waiting, cutOff, sent].map(isStored))).toEqual([false, false, true])
    expect(await findRow(waiting)).toBeUndefined()
    expect(await findRow(cutOff)).toBeUndefined()
  })

  test('is one of FILES_WAITING_MAX; the next one is refused until one is gone', async () => {
    const busy = await desk.addMember('agent', 'Busy')
    const first = await upload(busy)
    await api.database.withTenant(desk.tenantKey, async (db) => {
      const row = await db
        .selectFrom('attachments')
        .where('id', '=', first.id)
        .selectAll()
        .executeTakeFirstOrThrow()
      const rows = Array.from({ length: FILES_WAITING_MAX - 1 }, () => ({ ...row, id: newId() }))
      await db.insertInto('attachments').values(rows).execute()
    })
    await expect(upload(busy)).rejects.toMatchObject({ code: 'CONFLICT' })
    await busy.call.chat.attachment.discard({ attachmentId: first.id })
    await upload(busy)
  })
})

test('bytes that the store has lost are answered as a file that is not there', async () => {
  const mine = await upload(amir)
  await api.files.store.remove({ tenantId: desk.tenant.id, fileId: mine.id })
  await expect(read(amir, mine.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a tenant that is deleted leaves no file behind', async () => {
  const other = await openTestChat(api)
  const { tenantKey, tenant } = other
  const person = await other.addMember('agent')
  const { id } = await uploadAttachment(makeContext(api, { tenantKey, person }), {
    name: 'note.txt',
    body: Readable.from([Buffer.from('x')]),
    declaredBytes: 1,
  })
  const key = { tenantId: tenant.id, fileId: id }
  expect(await api.files.store.read(key)).toBeDefined()
  await api.database.dropTenant(tenantKey)
  const sweep = () => sweepTenantFiles({ database: api.database, store: api.files.store })
  expect(await sweep()).toBeGreaterThan(0)
  expect(await api.files.store.read(key)).toBeUndefined()
  expect(await sweep()).toBe(0)
  const mine = await upload(amir)
  expect(await isStored(mine)).toBe(true)
})
