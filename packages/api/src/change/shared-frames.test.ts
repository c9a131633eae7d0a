import { expect, test } from 'vitest'
import type { Permission } from '../permission/schema.ts'
import { createChangeRing } from './change-ring.ts'
import type { Change } from './change.ts'
import { createSharedFrames, STRETCH_SIZE_MAX } from './shared-frames.ts'

const LIMITS = { changesMax: 1_000, sizeMax: 1e9 }

function reader(userId: string, permissions: readonly Permission[] = ['chat:read']) {
  const role = { id: 'role', name: 'Role', builtIn: null }
  return { userId, access: { role, permissions: new Set(permissions) } }
}

const open = (entityId: string): Change => ({ kind: 'role.changed', entityId })
const readBy = (userId: string): Change => ({
  kind: 'conversation.read',
  entityId: 'conversation',
  userId,
  lastReadSeq: 1,
})

function makeFrames(changes: Change[], size = 100) {
  const ring = createChangeRing(0, LIMITS)
  const add = (more: Change[]) => {
    const from = ring.position + 1
    ring.append(more.map((change, at) => ({ change: { ...change, seq: from + at, at: 'now' }, size })))
  }
  add(changes)
  return { ring, add, frames: createSharedFrames(ring) }
}

const idsOf = (bytes: Uint8Array | undefined) =>
  [
    ...Buffer.from(bytes ?? [])
      .toString()
      .matchAll(/^id: (\d+)$/gm),
  ].map(([, id]) => Number(id))

test('the bytes of a stretch are made once for all who may see the same', () => {
  const { frames } = makeFrames([open('a'), open('b')])
  const mine = frames.after(0, reader('me'))
  const theirs = frames.after(0, reader('somebody else', ['chat:read', 'customer:read']))
  expect(idsOf(mine?.bytes)).toEqual([1, 2])
  expect(theirs?.bytes).toBe(mine?.bytes)
})

test('what is said to one person is in their bytes and in nobody else’s', () => {
  const { frames } = makeFrames([open('a'), readBy('me'), open('b')])
  expect(idsOf(frames.after(0, reader('me'))?.bytes)).toEqual([1, 2, 3])
  const stranger = frames.after(0, reader('x'))
  expect(idsOf(stranger?.bytes)).toEqual([1, 3])
  expect(frames.after(0, reader('y'))?.bytes).toBe(stranger?.bytes)
})

test('whoever may see nothing of a stretch is moved on and sent nothing', () => {
  const { frames } = makeFrames([readBy('me')])
  expect(frames.after(0, reader('x'))).toEqual({ upTo: 1, bytes: undefined })
})

test('a permission that is taken away counts with the next stretch', () => {
  const customer = { kind: 'customer.created', entityId: 'c', customer: {} } as Change
  const { frames, add } = makeFrames([customer])
  const somebody = reader('me', ['chat:read', 'customer:read'])
  expect(idsOf(frames.after(0, somebody)?.bytes)).toEqual([1])
  add([customer])
  expect(frames.after(1, reader('me'))).toEqual({ upTo: 2, bytes: undefined })
})

test('what has been added since is in the next answer', () => {
  const { frames, add } = makeFrames([open('a')])
  expect(frames.after(0, reader('me'))?.upTo).toBe(1)
  add([open('b')])
  expect(idsOf(frames.after(0, reader('me'))?.bytes)).toEqual([1, 2])
  expect(idsOf(frames.after(1, reader('me'))?.bytes)).toEqual([2])
})

test('a ring that begins again never gives bytes of before, though the numbers are the same', () => {
  const { ring, frames, add } = makeFrames([open('before'), open('before')])
  frames.after(1, reader('me'))
  ring.restart(1)
  add([open('after')])
  expect(Buffer.from(frames.after(1, reader('me'))?.bytes ?? []).toString()).toContain('"after"')
})

test('a large stretch comes in parts, and a single change in one', () => {
  const { frames } = makeFrames([open('a'), open('b'), open('c')], STRETCH_SIZE_MAX)
  expect(frames.after(0, reader('me'))?.upTo).toBe(1)
  expect(frames.after(1, reader('me'))?.upTo).toBe(2)
})

test('what the ring does not hold is said to be missing', () => {
  const { frames } = makeFrames([open('a')])
  expect(frames.after(1, reader('me'))).toBeUndefined()
  expect(frames.after(7, reader('me'))).toBeUndefined()
})
