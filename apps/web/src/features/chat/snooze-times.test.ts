import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SNOOZE_DAYS_MAX } from '@sarai/api/chat/schema'
import { listSnoozeTimes, readSnoozeTime, suggestSnoozeTime } from './snooze-times.ts'

test('whenever it is asked, every time offered is ahead, later than the one before, and said once', () => {
  const start = new Date(2026, 0, 1).getTime()
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 366 * 24 * 60 }), (minutes) => {
      const now = new Date(start + minutes * 60_000)
      const times = listSnoozeTimes(now).map(({ until }) => until.getTime())
      expect(times.every((time) => time > now.getTime())).toBe(true)
      expect(new Set(times).size).toBe(times.length)
      expect(times.toSorted((one, other) => one - other)).toEqual(times)
    }),
  )
})

test('on a Friday morning one can wait until the evening, tomorrow, Monday or a week', () => {
  const choices = listSnoozeTimes(new Date(2026, 10, 27, 10)).map(({ choice }) => choice)
  expect(choices).toEqual(['inOneHour', 'thisEvening', 'tomorrow', 'nextMonday', 'inOneWeek'])
})

test('late at night this evening is over, and on a Sunday Monday is called tomorrow', () => {
  const choices = listSnoozeTimes(new Date(2026, 10, 29, 23)).map(({ choice }) => choice)
  expect(choices).toEqual(['inOneHour', 'tomorrow', 'inOneWeek'])
})

test('a time of one’s own lies ahead, and no further than the limit; tomorrow morning is suggested', () => {
  const now = new Date(2026, 10, 23, 15, 0)
  expect(suggestSnoozeTime(now)).toBe('2026-11-24T09:00')
  expect(readSnoozeTime('2026-11-24T09:00', now)).toEqual(new Date(2026, 10, 24, 9, 0))
  expect(readSnoozeTime('2026-11-23T15:00', now)).toBe('choosePast')
  expect(readSnoozeTime('', now)).toBe('chooseMissing')
  const atLimit = new Date(now.getTime() + SNOOZE_DAYS_MAX * 86_400_000)
  expect(readSnoozeTime(suggestSnoozeTime(atLimit), now)).toBe('chooseTooFar')
})
