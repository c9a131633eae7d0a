import { expect, test } from 'vitest'
import {
  formatAgo,
  formatBytes,
  formatDate,
  formatDateTime,
  formatDay,
  formatDuration,
  formatHour,
  formatTime,
  formatWeekday,
} from './format.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const NOW = new Date(2026, 10, 23, 12, 0).getTime()
const before = (ms: number) => new Date(NOW - ms).toISOString()

test('a duration is said in the two largest units that matter', () => {
  expect(formatDuration('en', 42 * SECOND)).toBe('42 secs')
  expect(formatDuration('en', 5 * MINUTE)).toBe('5 mins')
  expect(formatDuration('en', 2 * HOUR)).toBe('2 hrs')
  expect(formatDuration('en', 2 * HOUR + 10 * MINUTE)).toBe('2 hrs 10 mins')
  expect(formatDuration('en', 26 * HOUR)).toBe('1 day 2 hrs')
  expect(formatDuration('ur', 5 * MINUTE)).toBe('5 منٹ')
})

test('how long ago is as short as a list allows', () => {
  expect(formatAgo('en', before(5 * SECOND), NOW)).toBe('now')
  expect(formatAgo('en', before(5 * MINUTE), NOW)).toBe('5 min ago')
  expect(formatAgo('en', before(3 * HOUR), NOW)).toBe('3 hr ago')
  expect(formatAgo('en', before(20 * HOUR), NOW)).toBe('yesterday')
  expect(formatAgo('en', before(19 * 24 * HOUR), NOW)).toBe('4 Nov')
})

test('a clock that runs a little ahead of ours is now, not the future', () => {
  expect(formatAgo('en', before(-30 * SECOND), NOW)).toBe('now')
})

test('another year is named', () => {
  expect(formatDay('en', before(400 * 24 * HOUR), NOW)).toMatch(/2025$/)
  expect(formatDay('en', before(10 * 24 * HOUR), NOW)).not.toMatch(/2026/)
})

test('a day that the server counted is the same day in every time zone', () => {
  expect(formatDate('en', '2026-11-23')).toBe('23 Nov')
  expect(formatDate('ur', '2026-11-23')).toContain('نومبر')
})

test('hours and weekdays have names in both languages, Monday first', () => {
  expect(formatHour('en', 6)).toBe('06:00')
  expect(formatWeekday('en', 0, 'long')).toBe('Monday')
  expect(formatWeekday('ur', 4, 'long')).toBe('جمعہ')
})

test('sizes are told in steps of 1,024, with tenths where they matter', () => {
  const told = (bytes: number) => formatBytes('en', bytes).slice(1, -1)
  expect(told(0)).toBe('0 byte')
  expect(told(812)).toBe('812 byte')
  expect(told(12_400)).toBe('12 kB')
  expect(told(3.44 * 1024 * 1024)).toBe('3.4 MB')
  expect(told(25 * 1024 * 1024)).toBe('25 MB')
  expect(told(18 * 1024 ** 3)).toBe('18 GB')
  expect(formatBytes('ur', 1024)).toMatch(/^\u20681\s.*\u2069$/)
})

test('a time keeps its halves in their order within a line in Urdu', () => {
  const at = '2026-11-23T06:18:00Z'
  expect(formatTime('ur', at, 'Asia/Karachi')).toBe('\u206811:18 AM\u2069')
  expect(formatDateTime('ur', at, 'Asia/Karachi')).toContain('\u206811:18 AM\u2069')
  expect(formatTime('en', at, 'Asia/Karachi')).toBe('11:18')
})
