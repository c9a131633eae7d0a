import { newId } from '@sarai/db'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRouter } from '../root.ts'
import { makeContext, openTestApi, type TestApi, type TestMember } from '../testing.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

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

const send = (member: TestMember, conversationId: string, body: string) =>
  member.call.chat.message.send({ conversationId, clientId: newId(), body })

test('a browser hears what is sent, and after a break exactly what it missed, in order', async () => {
  const conversationId = await desk.openConversation(amir)
  const first = await openEventStream(amir)
  expect((await first.next()).data).toEqual({ type: 'ready' })
  await send(sana, conversationId, 'one')
  const heard = await first.next()
  expect(heard.data).toMatchObject({
    type: 'change',
    change: { kind: 'message.created', message: { body: 'one', seq: 1 }, conversation: { lastSeq: 1 } },
  })
  await first.leave()
  await send(sana, conversationId, 'two')
  await desk.hearCustomer(conversationId, 'three')

  const second = await openEventStream(amir, { 'last-event-id': heard.id })
  const missed = [await second.next(), await second.next()]
  expect(missed.map(({ data }) => data)).toMatchObject([
    { change: { message: { body: 'two', seq: 2 } } },
    { change: { message: { body: 'three', seq: 3 }, conversation: { waitingSince: expect.any(String) } } },
  ])
  await second.leave()
  expect(api.database.stats().leased).toBe(0)
})

test('a browser that heard only where the stream begins loses nothing by reconnecting', async () => {
  const conversationId = await desk.openConversation(amir)
  const first = await openEventStream(amir)
  const ready = await first.next()
  await first.leave()
  await send(sana, conversationId, 'meanwhile')
  const second = await openEventStream(amir, { 'last-event-id': ready.id })
  expect((await second.next()).data).toMatchObject({ change: { message: { body: 'meanwhile' } } })
  await second.leave()
})

test('what somebody has read is told to their other windows alone', async () => {
  const id = await desk.openConversation(amir)
  await desk.hearCustomer(id, 'hello')
  const [own, other] = [await openEventStream(amir), await openEventStream(sana)]
  await Promise.all([own.next(), other.next()])
  await amir.call.chat.conversation.markRead({ id, seq: 1 })
  await send(sana, id, 'hi')
  expect((await own.next()).data).toMatchObject({ change: { kind: 'conversation.read', lastReadSeq: 1 } })
  expect((await other.next()).data).toMatchObject({ change: { kind: 'message.created' } })
  await Promise.all([own.leave(), other.leave()])
})

test('whoever loses their role is told why, in a way that stops a browser from trying again', async () => {
  const leaver = await desk.addMember('agent', 'Leaver')
  const stream = await openEventStream(leaver)
  await stream.next()
  const owner = await desk.addMember('owner', 'Owner')
  await owner.call.permission.member.remove({ userId: leaver.user.id })
  const { event, data } = await nextOf(stream, 'serialized-error')
  expect(event).toBe('serialized-error')
  expect(data).toMatchObject({
    data: { domain: { code: expect.stringMatching(/TENANT_UNKNOWN|FORBIDDEN/) } },
  })
  expect([-32004, -32003]).toContain((data as { code: number }).code)
})

interface SentEvent {
  event: string
  id: string
  data: unknown
}

interface EventStream {
  next(): Promise<SentEvent>
  leave(): Promise<void>
}

/** Over HTTP as a browser's EventSource does it: comments and pings are not given out. */
async function openEventStream(
  person: TestMember,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const leaving = new AbortController()
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    req: new Request('http://localhost/trpc/chat.changes', { headers, signal: leaving.signal }),
    router: appRouter,
    createContext: () => makeContext(api, { tenantKey: desk.tenantKey, person }),
  })
  if (!response.body) throw new Error('the stream has no body')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  async function next(): Promise<SentEvent> {
    for (;;) {
      const end = text.indexOf('\n\n\n')
      if (end === -1) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream has ended')
        text += value
        continue
      }
      const sent = parseEvent(text.slice(0, end))
      text = text.slice(end + 3)
      if (sent.event === 'message' || sent.event === 'serialized-error') return sent
    }
  }

  return {
    next,
    async leave() {
      leaving.abort()
      await reader.cancel()
    },
  }
}

async function nextOf(stream: EventStream, event: string): Promise<SentEvent> {
  for (;;) {
    const sent = await stream.next()
    if (sent.event === event) return sent
  }
}

function parseEvent(block: string): SentEvent {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
  const data = fields.get('data')
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? '',
    data: data ? JSON.parse(data) : undefined,
  }
}
