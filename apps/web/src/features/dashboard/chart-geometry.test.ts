import { expect, test } from 'vitest'
import { countTicks, indexAt, layOut, spread } from './chart-geometry.ts'

const FRAME = { width: 400, height: 200, isRtl: false }

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

test('time runs along the line of reading: from the right in Urdu', () => {
  const { bars } = layOut([1, 2, 3], FRAME)
  const { bars: mirrored } = layOut([1, 2, 3], { ...FRAME, isRtl: true })
  expect(bars[0]?.x).toBeLessThan(bars[2]?.x ?? 0)
  expect(mirrored[0]?.x).toBeGreaterThan(mirrored[2]?.x ?? 0)
})

test('no bar is higher than the drawing, and nothing has no height', () => {
  const { bars, bottom } = layOut([0, 5, 10], FRAME)
  expect(bars[0]?.height).toBe(0)
  for (const bar of bars) {
    expect(bar.y).toBeGreaterThanOrEqual(0)
    expect(bar.y + bar.height).toBeCloseTo(bottom)
  }
})

test('the pointer picks the day it is over, and the nearest beyond the edges', () => {
  const plot = layOut([1, 2, 3, 4], FRAME)
  expect(indexAt(plot, 0)).toBe(0)
  expect(indexAt(plot, 399)).toBe(3)
  const second = plot.bars[1]
  expect(indexAt(plot, (second?.x ?? 0) + 1)).toBe(1)
})
