import { expect, test } from 'vitest'
import { median, medianOf, percentile } from './numbers.ts'

test('a median is the middle one, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([7])).toBe(7)
})

test('of an even number it is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('a percentile is a value that was measured: the smallest that this share does not exceed', () => {
  const values = Array.from({ length: 100 }, (_, at) => 100 - at)
  expect(percentile(values, 0.5)).toBe(50)
  expect(percentile(values, 0.99)).toBe(99)
  expect(percentile(values, 1)).toBe(100)
  expect(percentile(values, 0)).toBe(1)
  expect(percentile([3], 0.99)).toBe(3)
})

test('nothing has no median and no percentile', () => {
  expect(() => median([])).toThrow(RangeError)
  expect(() => percentile([], 0.5)).toThrow(RangeError)
  expect(() => percentile([1], 99)).toThrow(RangeError)
})

test('values are read from objects and not reordered in place', () => {
  const items = [{ ms: 3 }, { ms: 1 }, { ms: 2 }]
  expect(medianOf(items, ({ ms }) => ms)).toBe(2)
  expect(items[0]).toEqual({ ms: 3 })
})
