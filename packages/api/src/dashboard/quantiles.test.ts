import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf, findRanks, type Histogram, stepOf, valueAtRank } from './quantiles.ts'

const seconds = fc.oneof(
  fc.nat({ max: 4_000 }),
  fc.integer({ min: 3_500, max: 90_000 }),
  fc.integer({ min: 86_000, max: 40 * 86_400 }),
)

test('every duration lies in exactly one step', () => {
  fc.assert(
    fc.property(seconds, (value) => {
      const { from, to } = boundsOf(stepOf(value))
      expect(value).toBeGreaterThanOrEqual(from)
      expect(value).toBeLessThan(to)
    }),
  )
})

test('what the steps lead to is what sorting everything leads to', () => {
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 200 }), (values) => {
      const sorted = values.toSorted((one, other) => one - other)
      const exact = [0.5, 0.9].map((share) => sorted[Math.ceil(values.length * share) - 1])
      const all = histogramOf(values)
      expect(findRanks(histogramOf(values.map(stepOf))).map((rank) => valueAtRank(rank, all))).toEqual(exact)
    }),
  )
})

test('nothing has no median', () => {
  expect(findRanks([])).toEqual([])
})

test('a duration that went away between the two statements leaves the nearest one', () => {
  expect(valueAtRank({ step: 80, place: 3 }, [{ value: 84, count: 2 }])).toBe(84)
  expect(valueAtRank({ step: 0, place: 1 }, [])).toBe(0)
})

function histogramOf(values: number[]): Histogram {
  const groups = Map.groupBy(values, (value) => value)
  return [...groups]
    .map(([value, all]) => ({ value, count: all.length }))
    .toSorted((one, other) => one.value - other.value)
}
