import type { Session } from '@sarai/api'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveStreams, STREAM_RECHECK_MS } from './live-streams.ts'

const SOMEBODY: Session = {
  id: 's',
  user: { id: 'u', name: 'Amina', email: 'amina@rabin.test' },
  isOperator: false,
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function openSource() {
  let isCancelled = false
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>({
    start: (made) => void (controller = made),
    cancel: () => void (isCancelled = true),
  })
  return {
    stream,
    send: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
    isCancelled: () => isCancelled,
  }
}

function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

test('a stream passes on what comes and ends with its source', async () => {
  const streams = new LiveStreams()
  const source = openSource()
  const text = readAll(streams.keep(source.stream, async () => SOMEBODY))
  source.send('one ')
  source.send('two')
  source.end()
  expect(await text).toBe('one two')
  expect(streams.count).toBe(0)
})

test('when the server stops, every stream ends with a hint to come back, and a new one at once', async () => {
  const streams = new LiveStreams()
  const source = openSource()
  const text = readAll(streams.keep(source.stream, async () => SOMEBODY))
  source.send('one\n\n')
  await vi.advanceTimersByTimeAsync(1)
  streams.endAll()
  expect(await text).toBe('one\n\nretry: 2000\n\n')
  expect(source.isCancelled()).toBe(true)
  const late = openSource()
  expect(await readAll(streams.keep(late.stream, async () => SOMEBODY))).toBe('retry: 2000\n\n')
  expect(streams.count).toBe(0)
})

test('a stream ends when its session has ended, not when the look-up fails', async () => {
  const streams = new LiveStreams()
  const source = openSource()
  const findSession = vi.fn<() => Promise<Session | null>>()
  findSession
    .mockRejectedValueOnce(new Error('no database'))
    .mockResolvedValueOnce(SOMEBODY)
    .mockResolvedValue(null)
  const text = readAll(streams.keep(source.stream, findSession))
  await vi.advanceTimersByTimeAsync(STREAM_RECHECK_MS * 2)
  expect(source.isCancelled()).toBe(false)
  await vi.advanceTimersByTimeAsync(STREAM_RECHECK_MS)
  expect(source.isCancelled()).toBe(true)
  expect(await text).toBe('retry: 2000\n\n')
})

test('a reader who leaves ends the source and the look-ups', async () => {
  const streams = new LiveStreams()
  const source = openSource()
  const findSession = vi.fn<() => Promise<Session | null>>().mockResolvedValue(SOMEBODY)
  await streams.keep(source.stream, findSession).cancel()
  await vi.advanceTimersByTimeAsync(STREAM_RECHECK_MS * 3)
  expect(source.isCancelled()).toBe(true)
  expect(findSession).not.toHaveBeenCalled()
  expect(streams.count).toBe(0)
})
