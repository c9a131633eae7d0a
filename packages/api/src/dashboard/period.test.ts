import { describe, expect, test } from 'vitest'
import { startOfDay } from '../calendar/local-days.ts'
import { periodOf, toRange } from './period.ts'

const now = new Date('2026-03-01T09:30:00.000Z')
const at = (text: string) => new Date(text)
const datesOf = ({ days }: ReturnType<typeof periodOf>) => days.map(({ date }) => date)

describe('the last days', () => {
  test('begin at midnight of the zone and include today, which may be another day than in Greenwich', () => {
    const karachi = periodOf({ days: 2 }, { timeZone: 'Asia/Karachi', now: at('2026-03-01T20:00:00Z') })
    expect(datesOf(karachi)).toEqual(['2026-03-01', '2026-03-02'])
    expect(karachi.from).toEqual(at('2026-02-28T19:00:00Z'))
  })

  test('are compared with as many days before, up to the same time of day', () => {
    expect(periodOf({ days: 3 }, { timeZone: 'UTC', now }).before).toEqual({
      from: at('2026-02-24T00:00:00.000Z'),
      to: at('2026-02-26T09:30:00.000Z'),
    })
  })

  test('are compared up to the same time on the clock, also when it was put forward in between', () => {
    const { before } = periodOf({ days: 7 }, { timeZone: 'Europe/Berlin', now: at('2026-04-01T10:00:00Z') })
    expect(before).toEqual({ from: at('2026-03-18T23:00:00Z'), to: at('2026-03-25T11:00:00Z') })
  })

  test('are 30 unless told otherwise', () => {
    expect(periodOf(undefined, { timeZone: 'UTC', now }).days).toHaveLength(30)
  })
})

describe('days from one date to another', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' }

  test('that are over end with the last day, and are compared with what lies right before them', () => {
    const here = { timeZone: 'Europe/London', now: at('2026-06-01T00:00:00Z') }
    const { from, to, before, days } = periodOf(march, here)
    expect(days).toHaveLength(31)
    expect([from, to]).toEqual([at('2026-03-01T00:00:00Z'), at('2026-03-31T23:00:00Z')])
    expect(before).toEqual({ from: at('2026-01-29T00:00:00Z'), to: from })
  })

  test('that are not over end now, and those to come have nothing in them', () => {
    const { to, days } = periodOf(march, { timeZone: 'UTC', now })
    expect(to).toEqual(now)
    expect(days).toHaveLength(31)
    const future = periodOf({ from: '2027-01-01', to: '2027-01-02' }, { timeZone: 'UTC', now })
    expect(future.to).toEqual(future.from)
    expect(toRange(future).before).toEqual({
      from: '2026-12-30T00:00:00.000Z',
      to: '2026-12-30T00:00:00.000Z',
    })
  })
})

describe('a day', () => {
  test.each([
    ['Europe/London', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kathmandu', '2026-03-29', 24],
    ['America/Santiago', '2026-09-06', 23],
  ])('in %s on %s has %d hours', (timeZone, date, hours) => {
    const period = periodOf({ from: date, to: date }, { timeZone, now: at('2027-06-01T00:00:00Z') })
    expect((period.to.getTime() - period.from.getTime()) / 3_600_000).toBe(hours)
    expect(period.days).toEqual([{ date, from: period.from, to: period.to }])
  })

  test.each([
    'Europe/London',
    'America/Havana',
    'America/Santiago',
    'Asia/Beirut',
    'Africa/Cairo',
    'Asia/Kathmandu',
  ])('in %s begins where a calendar that knows the zone says, all year', (timeZone) => {
    const year = { from: '2026-01-01', to: '2026-12-31' }
    const { days } = periodOf(year, { timeZone, now: at('2027-06-01T00:00:00Z') })
    expect(days.map(({ date, from }) => [date, from])).toEqual(
      days.map(({ date }) => [date, startOfDay(timeZone, date)]),
    )
    expect(days).toHaveLength(365)
  })

  test('that a zone has skipped is not shown: Samoa had no 30 December 2011', () => {
    const samoa = periodOf(
      { from: '2011-12-29', to: '2011-12-31' },
      { timeZone: 'Pacific/Apia', now: at('2012-06-01T00:00:00Z') },
    )
    expect(datesOf(samoa)).toEqual(['2011-12-29', '2011-12-31'])
    expect(samoa.to.getTime() - samoa.from.getTime()).toBe(48 * 3_600_000)
  })
})
