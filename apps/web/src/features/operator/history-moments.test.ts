import { expect, test } from 'vitest'
import { MOMENT_MS, toMoments } from './history-moments.ts'
import { indexAt, layOut, STATES_BOTTOM, STRIP_BOTTOM } from './history-plot.ts'
import { joinSamples } from './join-samples.ts'
import { makeSample } from './testing-report.ts'

const NOW = Date.parse('2026-11-23T14:05:20.000Z')
const KEPT_MS = 5 * 60_000

const busy = makeSample('2026-11-23T14:05:05.000Z', {
  leased: 12,
  idle: 4,
  waiting: 20,
  refused: 2,
  waits: { count: 30, p50Ms: 200, p99Ms: 2_900, maxMs: 3_000 },
  holders: [
    { tenant: 'zaitoon', label: 'customer.list', connections: 10 },
    { tenant: 'rabin', label: 'customer.list', connections: 2 },
  ],
  waiters: [{ tenant: 'rabin', waits: 20, refused: 2, longestMs: 3_000 }],
})
const calm = makeSample('2026-11-23T14:05:10.000Z', {
  leased: 2,
  idle: 14,
  holders: [{ tenant: 'rabin', label: 'customer.list', connections: 2 }],
})

test('an hour has a moment for every half minute, also where nothing is known', () => {
  const moments = toMoments([], { now: NOW, keptMs: KEPT_MS })
  expect(moments).toHaveLength(KEPT_MS / MOMENT_MS)
  expect(moments.every(({ isKnown }) => !isKnown)).toBe(true)
  expect(moments.at(-1)?.at).toBe(Date.parse('2026-11-23T14:05:00.000Z'))
})

test('a moment means its samples, and keeps the worst of what hurts', () => {
  const moment = toMoments([busy, calm], { now: NOW, keptMs: KEPT_MS }).at(-1)
  expect(moment).toMatchObject({
    isKnown: true,
    states: { leased: 7, idle: 9 },
    waiting: 20,
    refused: 2,
    waits: { count: 30, p99Ms: 2_900 },
    waiters: [{ tenant: 'rabin', waits: 20, refused: 2, longestMs: 3_000 }],
  })
  expect(moment?.holders).toEqual([
    { tenant: 'zaitoon', label: 'customer.list', connections: 5 },
    { tenant: 'rabin', label: 'customer.list', connections: 2 },
  ])
})

test('what is known already is joined with what is new, each sample once, and the old goes', () => {
  const old = makeSample('2026-11-23T13:00:00.000Z')
  const joined = joinSamples([old, busy], {
    samples: [busy, calm],
    keptMs: KEPT_MS,
    now: new Date(NOW).toISOString(),
  })
  expect(joined).toEqual([busy, calm])
})

test('nothing is drawn above the budget or outside the strips, in both directions of reading', () => {
  const moments = toMoments([busy, calm], { now: NOW, keptMs: KEPT_MS })
  for (const isRtl of [false, true]) {
    const plot = layOut(moments, { width: 600, isRtl })
    const last = plot.columns.at(-1)
    const heights = last?.bands.map(({ y, height }) => [y, y + height]) ?? []
    expect(heights[0]?.[1]).toBeCloseTo(STATES_BOTTOM)
    expect(heights.at(-1)?.[0]).toBeGreaterThanOrEqual(plot.limitY - 0.01)
    expect((last?.waiting.y ?? 0) + (last?.waiting.height ?? 0)).toBeCloseTo(STRIP_BOTTOM)
    expect(indexAt(plot, (last?.x ?? 0) + 1)).toBe(moments.length - 1)
    const first = plot.columns[0]
    expect(Math.sign((first?.x ?? 0) - (last?.x ?? 0))).toBe(isRtl ? 1 : -1)
  }
})
