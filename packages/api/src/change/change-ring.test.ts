import { expect, test } from 'vitest'
import { createChangeRing } from './change-ring.ts'

const read = (seq: number, size = 1) => ({
  change: { kind: 'role.changed' as const, entityId: 'role', seq, at: '2026-11-23T00:00:00.000Z' },
  size,
})

test('a ring keeps the latest changes and lets the oldest go', () => {
  const ring = createChangeRing(10, { changesMax: 2, sizeMax: 100 })
  ring.append([read(11), read(12), read(13)])
  expect(ring.position).toBe(13)
  expect([11, 12, 13, 14].map((seq) => ring.get(seq)?.seq)).toEqual([undefined, 12, 13, undefined])
})

test('a ring is bounded by size as well', () => {
  const ring = createChangeRing(0, { changesMax: 100, sizeMax: 10 })
  ring.append([read(1, 6), read(2, 6)])
  expect(ring.get(1)).toBeUndefined()
  expect(ring.get(2)?.seq).toBe(2)
})

test('a change larger than the whole ring is passed and not kept', () => {
  const ring = createChangeRing(0, { changesMax: 100, sizeMax: 10 })
  ring.append([read(1, 11)])
  expect(ring.position).toBe(1)
  expect(ring.get(1)).toBeUndefined()
})

test('a restarted ring remembers nothing', () => {
  const ring = createChangeRing(0, { changesMax: 3, sizeMax: 10 })
  ring.append([read(1, 9)])
  ring.restart(7)
  ring.append([read(8, 9)])
  expect(ring.position).toBe(8)
  expect(ring.get(1)).toBeUndefined()
  expect(ring.get(8)?.seq).toBe(8)
})
