import { DASHBOARD_DATE_MIN, DASHBOARD_DAYS_MAX } from '@sarai/api/dashboard/schema'
import { expect, test } from 'vitest'
import {
  addDays,
  CUSTOM_DATE_MIN,
  CUSTOM_DAYS_MAX,
  dateIn,
  readDashboardUrl,
  toRange,
} from './dashboard-range.ts'

test('an address that says nothing, or nonsense, is the last 30 days', () => {
  for (const url of [{}, { days: 31 }, { days: '7' }, { from: '2026-01-01' }, { from: 'x', to: 'y' }])
    expect(toRange(readDashboardUrl(url))).toEqual({ days: 30 })
})

test('dates of an address are days of the calendar, in order, and no more than the server takes', () => {
  expect(readDashboardUrl({ days: 7, from: '2026-02-01', to: '2026-02-28' })).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  })
  expect([CUSTOM_DAYS_MAX, CUSTOM_DATE_MIN]).toEqual([DASHBOARD_DAYS_MAX, DASHBOARD_DATE_MIN])
  for (const [from, to] of [
    ['2026-02-01', '2026-02-30'],
    ['2026-02-02', '2026-02-01'],
    ['2026-01-01', addDays('2026-01-01', CUSTOM_DAYS_MAX)],
    [addDays(CUSTOM_DATE_MIN, -1), CUSTOM_DATE_MIN],
  ])
    expect(readDashboardUrl({ from, to })).toEqual({})
  expect(
    readDashboardUrl({ from: '2026-01-01', to: addDays('2026-01-01', CUSTOM_DAYS_MAX - 1) }).from,
  ).toBeDefined()
})

test('today is another day in another zone', () => {
  const at = new Date('2026-11-25T20:00:00Z')
  expect([dateIn('Asia/Karachi', at), dateIn('America/New_York', at)]).toEqual(['2026-11-26', '2026-11-25'])
})
