import { DatabaseError } from '@sarai/db'
import { expect, test, vi } from 'vitest'
import { retryRead } from './retry-read.ts'

const never = new AbortController().signal

test('a read that is refused for a moment is repeated until it succeeds', async () => {
  vi.useFakeTimers()
  const read = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new DatabaseError('TENANT_BUSY', 'busy', { retryAfterMs: 50 }))
    .mockRejectedValueOnce(new DatabaseError('SERVER_UNAVAILABLE', 'away'))
    .mockResolvedValue('read')
  const result = retryRead(read, never)
  await vi.runAllTimersAsync()
  expect(await result).toBe('read')
  expect(read).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})

test.each(['TENANT_SUSPENDED', 'TENANT_ARCHIVED', 'TENANT_UNKNOWN', 'CLOSED'] as const)(
  '%s ends the stream at the first answer',
  async (code) => {
    const read = vi.fn<() => Promise<never>>(() => Promise.reject(new DatabaseError(code, 'no')))
    await expect(retryRead(read, never)).rejects.toMatchObject({ code })
    expect(read).toHaveBeenCalledTimes(1)
  },
)

test('a bug is not repeated', async () => {
  const read = vi.fn<() => Promise<never>>(() => Promise.reject(new TypeError('a bug')))
  await expect(retryRead(read, never)).rejects.toThrow('a bug')
  expect(read).toHaveBeenCalledTimes(1)
})

test('nobody waits for a reader who has left', async () => {
  const reader = new AbortController()
  const read = () => Promise.reject(new DatabaseError('SERVER_UNAVAILABLE', 'away', { retryAfterMs: 1e9 }))
  const result = retryRead(read, reader.signal)
  setImmediate(() => reader.abort())
  await expect(result).rejects.toThrow('aborted')
})
