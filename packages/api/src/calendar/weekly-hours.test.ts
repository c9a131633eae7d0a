import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { listWeeklyHours, type WeeklyHour } from './weekly-hours.ts'

const period = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) })

function list(from: string, to: string, at: WeeklyHour) {
  return listWeeklyHours(period(from, to), at).map((each) => [
    each.from.toISOString().slice(0, 16),
    each.to.toISOString().slice(0, 16),
  ])
}

test('once a week by the clock of the zone, also where that is a quarter of an hour off', () => {
  const at = { weekday: 0, hour: 9, timeZone: 'Asia/Kathmandu' }
  expect(list('2026-11-01T00:00Z', '2026-11-10T00:00Z', at)).toEqual([
    ['2026-11-02T03:15', '2026-11-02T04:15'],
    ['2026-11-09T03:15', '2026-11-09T04:15'],
  ])
})

test('an hour that comes twice counts twice, one that is jumped over does not, and half a one is half', () => {
  const sunday = (hour: number, timeZone: string) => ({ weekday: 6, hour, timeZone })
  expect(list('2026-10-24T00:00Z', '2026-10-26T00:00Z', sunday(1, 'Europe/London'))).toEqual([
    ['2026-10-25T00:00', '2026-10-25T01:00'],
    ['2026-10-25T01:00', '2026-10-25T02:00'],
  ])
  expect(list('2026-03-28T00:00Z', '2026-03-30T00:00Z', sunday(1, 'Europe/London'))).toEqual([])
  expect(list('2026-04-04T00:00Z', '2026-04-05T12:00Z', sunday(1, 'Australia/Lord_Howe'))).toEqual([
    ['2026-04-04T14:00', '2026-04-04T15:00'],
    ['2026-04-04T15:00', '2026-04-04T15:30'],
  ])
})

test('a period that begins or ends in the middle of the hour has its part of it', () => {
  const at = { weekday: 3, hour: 0, timeZone: 'UTC' }
  expect(list('1970-01-01T00:10Z', '1970-01-08T00:20Z', at)).toEqual([
    ['1970-01-01T00:10', '1970-01-01T01:00'],
    ['1970-01-08T00:00', '1970-01-08T00:20'],
  ])
})

test('every moment of a period lies in exactly the hour that its clock shows', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Asia/Karachi',
    'Europe/London',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  )
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 300 * 1_440 }), (timeZone, minutes) => {
      const at = new Date(Date.UTC(2026, 0, 20) + minutes * 60_000)
      const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
      const shown = (weekday: number, hour: number) =>
        listWeeklyHours(period('2026-01-15T00:00Z', '2026-12-01T00:00Z'), { weekday, hour, timeZone }).filter(
          ({ from, to }) => at >= from && at < to,
        ).length
      expect(shown(local.dayOfWeek - 1, local.hour)).toBe(1)
      expect(shown(local.dayOfWeek - 1, (local.hour + 1) % 24)).toBe(0)
      expect(shown(local.dayOfWeek % 7, local.hour)).toBe(0)
    }),
  )
})
