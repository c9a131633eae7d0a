import { useMemo } from 'react'
import { useLocale } from 'use-intl'
import type { Locale } from './preferences.ts'
import { isolate } from './isolate.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export function formatNumber(locale: Locale, value: number): string {
  return numberFormat(locale, {}).format(value)
}

export function formatPercent(locale: Locale, ratio: number): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(ratio)
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** 812 byte · 4.2 MB · 18 GB: in steps of 1,024, as limits are set; tenths below ten. */
export function formatBytes(locale: Locale, bytes: number): string {
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** step
  const maximumFractionDigits = step > 0 && value < 10 ? 1 : 0
  const style = {
    style: 'unit',
    unit: BYTE_UNITS[step],
    unitDisplay: 'short',
    maximumFractionDigits,
  } as const
  return isolate(numberFormat(locale, style).format(value))
}

/** 42 sec · 5 min · 2 hr 10 min · 3 days: the two largest units that matter. */
export function formatDuration(locale: Locale, ms: number): string {
  if (ms < MINUTE_MS) return unit(locale, Math.round(ms / 1000), 'second')
  if (ms < HOUR_MS) return unit(locale, Math.round(ms / MINUTE_MS), 'minute')
  if (ms < DAY_MS) return twoUnits(locale, [Math.round(ms / MINUTE_MS), 60], ['hour', 'minute'])
  return twoUnits(locale, [Math.round(ms / HOUR_MS), 24], ['day', 'hour'])
}

function twoUnits(locale: Locale, [total, base]: [number, number], [large, small]: [string, string]): string {
  const rest = total % base
  const first = unit(locale, Math.floor(total / base), large)
  return rest === 0 ? first : `${first} ${unit(locale, rest, small)}`
}

function unit(locale: Locale, value: number, name: string): string {
  return numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
}

/** now · 5 min. ago · 3 hr. ago · yesterday · 4 Nov: how long ago, as short as a list allows. */
export function formatAgo(locale: Locale, iso: string, now = Date.now()): string {
  const date = new Date(iso)
  const elapsed = Math.max(0, now - date.getTime())
  const relative = relativeFormat(locale)
  if (elapsed < MINUTE_MS) return relative.format(0, 'second')
  if (elapsed < HOUR_MS) return relative.format(-Math.floor(elapsed / MINUTE_MS), 'minute')
  const days = calendarDaysBetween(date, new Date(now))
  if (days === 0) return relative.format(-Math.floor(elapsed / HOUR_MS), 'hour')
  if (days < 7) return relative.format(-days, 'day')
  return formatDay(locale, iso, now)
}

/** 4 Nov; with the year when it is another one. */
export function formatDay(locale: Locale, iso: string, now = Date.now()): string {
  const date = new Date(iso)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(locale, withYear({ day: 'numeric', month: 'short' }, isThisYear)).format(date)
}

/** Today · Yesterday · Monday, 4 November: the line between two days of a conversation. */
export function formatDayLabel(locale: Locale, iso: string, now = Date.now()): string {
  const date = new Date(iso)
  const days = calendarDaysBetween(date, new Date(now))
  if (days === 0 || days === 1) return capitalise(locale, relativeFormat(locale).format(-days, 'day'))
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(locale, withYear({ weekday: 'long', day: 'numeric', month: 'long' }, isThisYear)).format(
    date,
  )
}

/** By the clock of a zone, or one's own. */
export function formatTime(locale: Locale, iso: string, timeZone?: string): string {
  return writeClock(locale, { hour: 'numeric', minute: '2-digit', timeZone }, iso)
}

export function formatTimeWithSeconds(locale: Locale, iso: string): string {
  return writeClock(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit' }, iso)
}

export function formatDateTime(locale: Locale, iso: string, timeZone?: string): string {
  return writeClock(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }, iso)
}

/** 11:18 AM stays so in Urdu, where the line would write it AM 11:18. */
function writeClock(locale: Locale, options: Intl.DateTimeFormatOptions, iso: string): string {
  return dateFormat(locale, options)
    .format(new Date(iso))
    .replace(/[\d:]+\s[AP]M/u, isolate)
}

/** A day that the server counted (2026-11-23): the same day in every time zone. */
export function formatDate(locale: Locale, day: string, options: Intl.DateTimeFormatOptions = {}): string {
  const full = { day: 'numeric', month: 'short', ...options, timeZone: 'UTC' } as const
  return dateFormat(locale, full).format(new Date(`${day}T00:00:00Z`))
}

/** 1–30 Nov 2026: the days from an instant until before another, by the clock of a zone. */
export function formatPeriod(
  locale: Locale,
  { from, to }: { from: string; to: string },
  timeZone: string,
): string {
  const format = dateFormat(locale, { dateStyle: 'medium', timeZone })
  const first = new Date(from)
  const last = new Date(Math.max(first.getTime(), Date.parse(to) - 1))
  return format.formatRange(first, last)
}

/** 0 is Monday. */
export function formatWeekday(locale: Locale, weekday: number, style: 'long' | 'short'): string {
  // 1 January 2024 was a Monday.
  return dateFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + weekday)),
  )
}

/** 06:00, in both languages. */
export function formatHour(locale: Locale, hour: number): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1, hour)),
  )
}

function withYear(options: Intl.DateTimeFormatOptions, isThisYear: boolean): Intl.DateTimeFormatOptions {
  return isThisYear ? options : { ...options, year: 'numeric' }
}

function calendarDaysBetween(from: Date, to: Date): number {
  const start = Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())
  const end = Date.UTC(to.getFullYear(), to.getMonth(), to.getDate())
  return Math.round((end - start) / DAY_MS)
}

function capitalise(locale: Locale, text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** en-GB for day before month; ur-PK for the calendar and digits of Pakistan. */
const TAGS: Record<Locale, string> = { en: 'en-GB', ur: 'ur-PK' }
const formats = new Map<string, unknown>()

/** Making an Intl object costs more than formatting with it a hundred times. */
function cached<Format>(key: string, make: () => Format): Format {
  const known = formats.get(key) as Format | undefined
  if (known) return known
  const made = make()
  formats.set(key, made)
  return made
}

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `number ${locale} ${JSON.stringify(options)}`
  return cached(key, () => new Intl.NumberFormat(TAGS[locale], options))
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `date ${locale} ${JSON.stringify(options)}`
  return cached(key, () => new Intl.DateTimeFormat(TAGS[locale], options))
}

function relativeFormat(locale: Locale): Intl.RelativeTimeFormat {
  const make = () => new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto', style: 'short' })
  return cached(`relative ${locale}`, make)
}

/** The formatters, bound to the language on screen. */
export function useFormat() {
  const locale = useLocale()
  return useMemo(
    () => ({
      number: (value: number) => formatNumber(locale, value),
      percent: (ratio: number) => formatPercent(locale, ratio),
      bytes: (bytes: number) => formatBytes(locale, bytes),
      duration: (ms: number) => formatDuration(locale, ms),
      ago: (iso: string) => formatAgo(locale, iso),
      day: (iso: string) => formatDay(locale, iso),
      dayLabel: (iso: string) => formatDayLabel(locale, iso),
      time: (iso: string, timeZone?: string) => formatTime(locale, iso, timeZone),
      timeWithSeconds: (iso: string) => formatTimeWithSeconds(locale, iso),
      dateTime: (iso: string, timeZone?: string) => formatDateTime(locale, iso, timeZone),
      weekday: (weekday: number, style: 'long' | 'short') => formatWeekday(locale, weekday, style),
      hour: (hour: number) => formatHour(locale, hour),
      period: (period: { from: string; to: string }, timeZone: string) =>
        formatPeriod(locale, period, timeZone),
      date: (day: string, options?: Intl.DateTimeFormatOptions) => formatDate(locale, day, options),
    }),
    [locale],
  )
}
