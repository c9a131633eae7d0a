import { expect, test } from 'vitest'
import type { Permission } from '../permission/schema.ts'
import { openStream } from './change-stream.ts'

const options = {
  userId: 'user',
  permission: 'chat:read' as const,
  access: {
    role: { id: 'role', name: 'Agent', builtIn: 'agent' as const },
    permissions: new Set<Permission>(['chat:read']),
  },
}

test('a stream that waits is woken, and by each wake anew', async () => {
  using stream = openStream(options)
  const first = stream.wait()
  stream.wake()
  await first
  const second = stream.wait()
  stream.wake()
  await second
  expect(stream.isOpen()).toBe(true)
})

test('a reader who leaves is let go at once and listens to nothing any more', async () => {
  const reader = new AbortController()
  using stream = openStream({ ...options, signal: reader.signal })
  const waiting = stream.wait()
  reader.abort()
  await waiting
  await stream.wait()
  expect(stream.isOpen()).toBe(false)
  expect(stream.signal.aborted).toBe(true)
})

test('a stream opened for a reader who has left is over', () => {
  using stream = openStream({ ...options, signal: AbortSignal.abort() })
  expect(stream.isOpen()).toBe(false)
})

test('a stream that was ended says why, and the first reason stays', async () => {
  using stream = openStream(options)
  const waiting = stream.wait()
  stream.end(new Error('first'))
  stream.end(new Error('second'))
  await waiting
  expect(() => stream.isOpen()).toThrow('first')
})
