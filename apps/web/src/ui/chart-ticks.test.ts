import { expect, test } from 'vitest'
import { countTicks, spread } from './chart-ticks.ts'

test.each([0, 1, 2, 3, 7, 10, 33, 1_309, 99_999])(
  'the axis of counts up to %i is whole and covers it',
  (max) => {
    const values = countTicks(Math.max(1, max))
    expect(values[0]).toBe(0)
    expect(values.at(-1)).toBeGreaterThanOrEqual(max)
    expect(values.every(Number.isInteger)).toBe(true)
    expect(new Set(values).size).toBe(values.length)
  },
)

test('the first and the last day are named, and not too many between', () => {
  expect(spread(30, 6)).toEqual([0, 6, 12, 17, 23, 29])
  expect(spread(1, 6)).toEqual([0])
  expect(spread(0, 6)).toEqual([])
})
