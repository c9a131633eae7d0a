import { expect, test } from 'vitest'
import { indexAt, layOut } from './chart-geometry.ts'

const FRAME = { width: 400, height: 200, isRtl: false }

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
