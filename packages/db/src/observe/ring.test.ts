import { expect, test } from 'vitest'
import { Ring } from './ring.ts'

test('keeps the newest, oldest first', () => {
  const ring = new Ring<number>(3)
  expect(ring.list()).toEqual([])
  for (const item of [1, 2, 3, 4, 5]) ring.push(item)
  expect(ring.list()).toEqual([3, 4, 5])
})
