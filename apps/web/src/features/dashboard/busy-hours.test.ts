import { expect, test } from 'vitest'
import { findBusiest, levelOf, toWeek, weekdaysFrom } from './busy-hours.ts'

test('every hour stands in its place, and a week begins where the business says', () => {
  const week = toWeek([{ weekday: 6, hour: 20, messages: 9 }])
  expect(week[6]?.[20]).toBe(9)
  expect(week.flat().reduce((sum, each) => sum + each, 0)).toBe(9)
  expect(weekdaysFrom(0)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(weekdaysFrom(5)).toEqual([5, 6, 0, 1, 2, 3, 4])
})

test('only nothing at all looks like nothing', () => {
  expect(levelOf(0, 100)).toBe(0)
  expect(levelOf(1, 100)).toBe(1)
  expect(levelOf(100, 100)).toBe(4)
})

test('a week without messages has no busiest hour', () => {
  expect(findBusiest(toWeek([]))).toBeNull()
})
