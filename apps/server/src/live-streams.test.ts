import { PING_FRAME, STREAM_PING_MS } from '@sarai/api'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveStreams, STREAM_RECHECK_MS } from './live-streams.ts'
import { StreamSocket } from './stream-socket.ts'

const SESSION = 'a session'
const PATIENTLY = { timeout: 20_000 }
const findLiveSessions = vi.fn<(ids: readonly string[]) => Promise<Set<string>>>()

beforeEach(() => {
  findLiveSessions.mockReset().mockImplementation(async (ids) => new Set(ids))
  // Sockets are real, and so is what they need to work.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => vi.useRealTimers())

/** Somebody who reads over a real connection; `socket` is the server's end of it. */
async function openReader() {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const near = connect(port, '127.0.0.1')
  near.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  let text = ''
  near.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const closed = once(near, 'close')
  return {
    near,
    closed,
    socket: new StreamSocket(response),
    text: () => text,
    [Symbol.asyncDispose]: () => leave(near, server),
  }
}

async function leave(near: Socket, server: ReturnType<typeof createServer>): Promise<void> {
  near.destroy()
  server.closeAllConnections()
  const closed = once(server, 'close')
  server.close()
  await closed
}

test('when the server stops, every stream ends with a hint to come back, and a new one at once', async () => {
  const streams = new LiveStreams({ findLiveSessions })
  await using early = await openReader()
  await using late = await openReader()
  early.socket.write(Buffer.from('one\n\n'))
  streams.keep(early.socket, SESSION)
  expect(streams.count).toBe(1)
  streams.endAll()
  streams.keep(late.socket, SESSION)
  await vi.waitFor(() => expect(early.text()).toMatch(/one\n\n[^]*retry: 2000\n\n/), PATIENTLY)
  await vi.waitFor(() => expect(late.text()).toContain('retry: 2000\n\n'), PATIENTLY)
  expect(streams.count).toBe(0)
})

test('all streams are looked up together; one ends when its session has, not when the look-up fails', async () => {
  const streams = new LiveStreams({ findLiveSessions })
  await using gone = await openReader()
  await using staying = await openReader()
  streams.keep(gone.socket, 'signed out')
  streams.keep(staying.socket, 'signed in')
  findLiveSessions.mockRejectedValueOnce(new Error('no database'))
  await vi.advanceTimersByTimeAsync(STREAM_RECHECK_MS)
  expect(streams.count).toBe(2)
  findLiveSessions.mockResolvedValueOnce(new Set(['signed in']))
  await vi.advanceTimersByTimeAsync(STREAM_RECHECK_MS)
  await vi.waitFor(() => expect(gone.text()).toContain('retry: 2000\n\n'), PATIENTLY)
  expect(streams.count).toBe(1)
  expect(findLiveSessions).toHaveBeenCalledWith(['signed out', 'signed in'])
})

test('who is signed out is looked for more than once a second', () => {
  expect(STREAM_RECHECK_MS).toBeLessThan(1_000)
})

test('an open stream says that it lives; nothing is done any more when the last reader has left', async () => {
  const streams = new LiveStreams({ findLiveSessions })
  await using reader = await openReader()
  streams.keep(reader.socket, SESSION)
  await vi.advanceTimersByTimeAsync(STREAM_PING_MS)
  await vi.waitFor(() => expect(reader.text()).toContain(PING_FRAME.toString()), PATIENTLY)
  reader.near.destroy()
  await vi.waitFor(() => expect(streams.count).toBe(0), PATIENTLY)
  expect(vi.getTimerCount()).toBe(0)
})

test('a reader that takes nothing between two pings is cut, though less waits for it than may', async () => {
  const streams = new LiveStreams({ findLiveSessions })
  await using reader = await openReader()
  streams.keep(reader.socket, SESSION)
  reader.near.pause()
  const bytes = Buffer.alloc(256 * 1024, 'x')
  while (reader.socket.bufferedBytes === 0) {
    reader.socket.write(bytes)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await vi.advanceTimersByTimeAsync(STREAM_PING_MS)
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(STREAM_PING_MS)
    expect(streams.count).toBe(0)
  }, PATIENTLY)
  expect(reader.socket.signal.aborted).toBe(true)
})
