import { expect, test } from 'vitest'
import { findBusiest, levelOf, toLocalWeek } from './busy-hours.ts'

test('hours of UTC are shown by the clock on the wall, across midnight and the end of the week', () => {
  const karachi = 5 * 60
  const week = toLocalWeek([{ weekday: 6, hour: 20, messages: 9 }], karachi)
  expect(week[0]?.[1]).toBe(9)
  expect(week[6]?.[20]).toBe(0)
})

test('west of Greenwich, Monday morning can be Sunday evening', () => {
  const week = toLocalWeek([{ weekday: 0, hour: 2, messages: 4 }], -5 * 60)
  expect(week[6]?.[21]).toBe(4)
})

test('only nothing at all looks like nothing', () => {
  expect(levelOf(0, 100)).toBe(0)
  expect(levelOf(1, 100)).toBe(1)
  expect(levelOf(100, 100)).toBe(4)
})

test('a week without messages has no busiest hour', () => {
  expect(findBusiest(toLocalWeek([], 0))).toBeNull()
})
