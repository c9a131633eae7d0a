import { expect, test } from 'vitest'
import { WaitHistogram } from './wait-histogram.ts'

test('nobody waited: every figure is 0', () => {
  expect(new WaitHistogram().summary()).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 })
})

test('a percentile is at most a quarter above the true one and never above the longest wait', () => {
  const histogram = new WaitHistogram()
  for (let ms = 1; ms <= 1_000; ms++) histogram.add(ms)
  const { count, p50Ms, p99Ms, maxMs } = histogram.summary()
  expect(count).toBe(1_000)
  expect(p50Ms).toBeGreaterThanOrEqual(500)
  expect(p50Ms).toBeLessThanOrEqual(625)
  expect(p99Ms).toBeGreaterThanOrEqual(990)
  expect(p99Ms).toBeLessThanOrEqual(maxMs)
  expect(maxMs).toBe(1_000)
})

test('the shortest and the longest waits that there are have a place', () => {
  const histogram = new WaitHistogram()
  histogram.add(0)
  histogram.add(1e9)
  expect(histogram.summary()).toMatchObject({ count: 2, maxMs: 1e9 })
})
