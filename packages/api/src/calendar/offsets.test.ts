import { expect, test } from 'vitest'
import { cutAtClockChanges } from './offsets.ts'

function cut(timeZone: string, from: string, to: string) {
  return cutAtClockChanges(timeZone, { from: new Date(from), to: new Date(to) }).map((stretch) => [
    stretch.from.toISOString().slice(0, 16),
    stretch.offsetMinutes,
  ])
}

test('a zone whose clocks never change is one stretch', () => {
  expect(cut('Asia/Karachi', '2025-01-01T00:00Z', '2026-12-31T00:00Z')).toEqual([['2025-01-01T00:00', 300]])
  expect(cut('Asia/Kathmandu', '2026-01-01T00:00Z', '2026-02-01T00:00Z')).toEqual([['2026-01-01T00:00', 345]])
  expect(cut('UTC', '2026-01-01T00:00Z', '2026-02-01T00:00Z')).toEqual([['2026-01-01T00:00', 0]])
})

test('others are cut where the clocks change, over the turn of a year', () => {
  expect(cut('America/New_York', '2025-10-01T00:00Z', '2026-04-01T00:00Z')).toEqual([
    ['2025-10-01T00:00', -240],
    ['2025-11-02T06:00', -300],
    ['2026-03-08T07:00', -240],
  ])
  expect(cut('Australia/Lord_Howe', '2026-03-01T00:00Z', '2026-05-01T00:00Z')).toEqual([
    ['2026-03-01T00:00', 660],
    ['2026-04-04T15:00', 630],
  ])
})

test('a change at the very edge of a period or a year cuts off nothing', () => {
  expect(cut('Europe/London', '2026-03-29T01:00Z', '2026-03-30T00:00Z')).toEqual([['2026-03-29T01:00', 60]])
  expect(cut('Europe/London', '2026-03-28T00:00Z', '2026-03-29T01:00Z')).toEqual([['2026-03-28T00:00', 0]])
})

test('a day that was skipped moves the clock by a day', () => {
  expect(cut('Pacific/Apia', '2011-12-29T00:00Z', '2012-01-01T00:00Z')).toEqual([
    ['2011-12-29T00:00', -600],
    ['2011-12-30T10:00', 840],
  ])
})

test.each([
  'America/St_Johns',
  'Asia/Colombo',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Yangon',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Marquesas',
])('the clock of %s is a whole number of quarters of an hour from UTC, all year', (timeZone) => {
  const year = { from: new Date('2026-01-01T00:00Z'), to: new Date('2027-01-01T00:00Z') }
  for (const { offsetMinutes } of cutAtClockChanges(timeZone, year))
    expect(Math.abs(offsetMinutes) % 15).toBe(0)
})
