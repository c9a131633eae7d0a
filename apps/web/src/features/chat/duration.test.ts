import { expect, test } from 'vitest'
import { readDuration, toDuration } from './duration.ts'

test('a duration is said in the largest unit that divides it', () => {
  expect(toDuration(90)).toEqual({ count: 90, unit: 'minute' })
  expect(toDuration(120)).toEqual({ count: 2, unit: 'hour' })
  expect(toDuration(3 * 24 * 60)).toEqual({ count: 3, unit: 'day' })
})

test('what is typed is a whole number from one to the most there may be, or nothing', () => {
  expect(readDuration('3', 'hour', 180)).toBe(180)
  expect(readDuration('4', 'hour', 180)).toBeUndefined()
  for (const text of ['', '0', '-1', '1.5', 'x']) expect(readDuration(text, 'minute', 180)).toBeUndefined()
})
