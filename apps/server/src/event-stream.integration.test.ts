import { SINK_BUFFERED_BYTES_MAX } from '@sarai/api'
import { newId } from '@sarai/db'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createOwnedTenant, createTestPerson, signIn, startTestHttp, type TestHttp } from './testing.ts'

let http: TestHttp
let origin: string
let cookie: string

beforeAll(async () => {
  http = await startTestHttp()
  origin = await http.listen()
  const owner = await createTestPerson(http, 'owner@rabin.test')
  await createOwnedTenant(http, 'rabin', owner)
  cookie = await signIn(http, owner.email)
})

afterAll(() => http[Symbol.asyncDispose]())

/** Several of them are in the system's buffers before any waits with us. */
const LARGE_LENGTH = 200_000
const LARGE_CHANGES = 10

interface StreamEvent {
  id: string
  data: { type: string; change?: { kind: string; seq: number; customer?: { name: string } } }
}

/** What EventSource does, as far as tests need it. */
async function openStream(headers: Record<string, string> = {}) {
  const leave = new AbortController()
  const response = await fetch(`${origin}/t/rabin/trpc/chat.changes?input=%7B%7D`, {
    headers: { cookie, accept: 'text/event-stream', ...headers },
    signal: leave.signal,
  })
  const events = readEvents(response)
  return { response, leave: () => leave.abort(), next: async () => (await events.next()).value, events }
}

async function* readEvents(response: Response): AsyncGenerator<StreamEvent, string> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const [, data] = /^data: (.*)$/m.exec(block) ?? []
      const [, id] = /^id: (.*)$/m.exec(block) ?? []
      if (data && id) yield { id, data: JSON.parse(data) as StreamEvent['data'] }
      if (/^retry: /m.test(block)) return block.trim()
    }
  }
  return ''
}

async function createCustomer(name: string): Promise<void> {
  const response = await http.app.inject({
    method: 'POST',
    url: '/t/rabin/trpc/customer.create',
    headers: { cookie },
    payload: { name },
  })
  expect(response.statusCode).toBe(200)
}

async function readNames(next: () => Promise<StreamEvent | string>, count: number): Promise<string[]> {
  const names: string[] = []
  while (names.length < count) {
    const event = await next()
    if (typeof event === 'string') throw new Error('the stream ended')
    names.push(event.data.change?.customer?.name ?? event.data.type)
  }
  return names
}

test('a change arrives while the stream is open, uncompressed and for no cache', async () => {
  const stream = await openStream()
  expect(stream.response.status).toBe(200)
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  expect(stream.response.headers.get('content-encoding')).toBeNull()
  expect(await readNames(stream.next, 1)).toEqual(['ready'])
  await createCustomer('Amina')
  expect(await readNames(stream.next, 1)).toEqual(['Amina'])
  stream.leave()
})

test.each(['header', 'query'])(
  'a stream that was cut goes on after the last id it had, nothing lost or doubled (%s)',
  async (way) => {
    const stream = await openStream()
    await readNames(stream.next, 1)
    await createCustomer(`first by ${way}`)
    const last = await stream.next()
    stream.leave()
    await createCustomer(`second by ${way}`)
    await createCustomer(`third by ${way}`)
    const lastId = typeof last === 'string' ? '' : last.id
    const resumed =
      way === 'header'
        ? await openStream({ 'last-event-id': lastId })
        : await fetch(
            `${origin}/t/rabin/trpc/chat.changes?input=${encodeURIComponent(JSON.stringify({ lastEventId: lastId }))}`,
            {
              headers: { cookie },
            },
          ).then((response) => {
            const events = readEvents(response)
            return { next: async () => (await events.next()).value, leave: () => void events.return('') }
          })
    expect(await readNames(resumed.next, 2)).toEqual([`second by ${way}`, `third by ${way}`])
    await createCustomer(`fourth by ${way}`)
    expect(await readNames(resumed.next, 1)).toEqual([`fourth by ${way}`])
    resumed.leave()
  },
)

test('a stream holds no connection while it waits, and nothing at all when the reader has left', async () => {
  const streams = await Promise.all(Array.from({ length: 10 }, () => openStream()))
  for (const { next } of streams) await readNames(next, 1)
  await vi.waitFor(() => expect(http.database.stats().leased).toBe(0), 60_000)
  expect(http.streams.count).toBeGreaterThanOrEqual(10)
  for (const { leave } of streams) leave()
  await vi.waitFor(() => expect(http.streams.count).toBe(0), 60_000)
})

test('a reader that takes nothing is cut when more waits for it than may, while others are served', async () => {
  const reading = await openStream()
  await readNames(reading.next, 1)
  const { near, count } = await openStalled()
  // The system's own buffers take several megabytes before anything waits with us.
  let rounds = 0
  while (http.streams.count === count) {
    await announceLarge()
    await createCustomer(`Round ${++rounds}`)
    const heard = await readNames(reading.next, LARGE_CHANGES + 1)
    expect(heard.at(-1)).toBe(`Round ${rounds}`)
  }
  expect(http.streams.count).toBe(count - 1)
  expect(rounds * LARGE_CHANGES * LARGE_LENGTH).toBeGreaterThan(SINK_BUFFERED_BYTES_MAX)
  near.destroy()
  reading.leave()
})

/** A request for the stream from somebody who then reads nothing at all. Says how many streams there are with it. */
async function openStalled() {
  const before = http.streams.count
  const { hostname, port } = new URL(origin)
  const near = connect(Number(port), hostname)
  near.pause()
  near.write(
    `GET /t/rabin/trpc/chat.changes HTTP/1.1\r\nhost: localhost:${port}\r\ncookie: ${cookie}\r\n\r\n`,
  )
  near.on('error', () => undefined)
  await vi.waitFor(() => expect(http.streams.count).toBe(before + 1), 10_000)
  return { near, count: before + 1 }
}

/** Changes larger than any workflow makes, so that it does not take hundreds. The next commit wakes the feed. */
async function announceLarge(): Promise<void> {
  await http.database.withTenant('rabin', (db) =>
    db.transaction().execute(async (trx) => {
      const counter = trx.selectFrom('change_counter').select('last_seq').forUpdate()
      const seq = Number((await counter.executeTakeFirstOrThrow()).last_seq)
      const payload = JSON.stringify({ kind: 'role.changed', entityId: 'x'.repeat(LARGE_LENGTH) })
      const row = { kind: 'role.changed' as const, entity_id: newId(), payload, created_at: new Date() }
      const rows = Array.from({ length: LARGE_CHANGES }, (_, index) => ({ ...row, seq: seq + 1 + index }))
      await trx
        .updateTable('change_counter')
        .set({ last_seq: seq + LARGE_CHANGES })
        .execute()
      await trx.insertInto('changes').values(rows).execute()
    }),
  )
}

test('a session that is ended elsewhere ends its stream, and that of nobody else', async () => {
  const other = await signIn(http, 'owner@rabin.test')
  const staying = await openStream()
  const leaving = await openStream({ cookie: other })
  await readNames(staying.next, 1)
  await readNames(leaving.next, 1)
  const token = decodeURIComponent(other.split('=')[1] ?? '').split('.')[0] ?? ''
  await http.database.master.deleteFrom('sessions').where('token', '=', token).execute()
  expect(await leaving.events.next()).toEqual({ done: true, value: 'retry: 2000' })
  await createCustomer('Still heard')
  expect(await readNames(staying.next, 1)).toEqual(['Still heard'])
  staying.leave()
})

test('what cannot be read as a request for changes is refused in words', async () => {
  for (const query of [
    '?input=%7B',
    '?input=7',
    '?input=%7B%22lastEventId%22%3A%22x%22%7D',
    '?input=%7B%22a%22%3A1%7D',
  ]) {
    const response = await fetch(`${origin}/t/rabin/trpc/chat.changes${query}`, { headers: { cookie } })
    const text = await response.text()
    expect(text).toMatch(/BAD_REQUEST|PARSE_ERROR/)
    expect(text).not.toMatch(/\n +at |\.ts/)
  }
})

test('a stream carries the security headers of every other answer', async () => {
  const stream = await openStream()
  expect(stream.response.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(stream.response.headers.get('x-content-type-options')).toBe('nosniff')
  stream.leave()
})

test('without a session the stream says so and ends', async () => {
  const stream = await openStream({ cookie: '' })
  const text = await stream.response.text()
  expect(text).toContain('UNAUTHENTICATED')
  expect(text).not.toMatch(/ at |\.ts/)
})

test('a caller who goes away takes the statement that runs for it along', async () => {
  await http.database.withTenant('rabin', (db) =>
    db.transaction().execute(async (trx) => {
      await trx.selectFrom('change_counter').selectAll().forUpdate().execute()
      const leave = new AbortController()
      const call = fetch(`${origin}/t/rabin/trpc/customer.create`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `Waits ${newId()}` }),
        signal: leave.signal,
      }).catch(() => undefined)
      await vi.waitFor(() => expect(http.database.stats().leased).toBe(2), 60_000)
      leave.abort()
      await call
      // Only our own lease is left, though the row is still locked.
      await vi.waitFor(() => expect(http.database.stats().leased).toBe(1), 60_000)
    }),
  )
})

test('a server that stops ends its streams with a hint to come back', async () => {
  await using other = await startTestHttp({ database: http.database })
  const address = await other.listen()
  const response = await fetch(`${address}/t/rabin/trpc/chat.changes?input=%7B%7D`, { headers: { cookie } })
  const events = readEvents(response)
  await events.next()
  other.streams.endAll()
  expect(await events.next()).toEqual({ done: true, value: 'retry: 2000' })
})
