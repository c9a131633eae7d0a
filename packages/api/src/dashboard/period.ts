import {
  addDays,
  dateAt,
  daysBetween,
  listDays,
  type LocalDay,
  sameTimeBefore,
  startOfDay,
} from '../calendar/local-days.ts'
import type { Period } from '../calendar/offsets.ts'
import type { Range } from './model.ts'
import { DASHBOARD_DAYS_DEFAULT, type SummaryInput } from './schema.ts'

export interface ComparedPeriod extends Period {
  /** Days begin and end by its clock. */
  timeZone: string
  /** Oldest first; the last one ends with the period. */
  days: LocalDay[]
  /** As many days before. Where this period is not over yet, it ends as much earlier: half a day is compared with half a day. */
  before: Period
}

interface Here {
  timeZone: string
  now?: Date
}

/** The days that are asked for: from one date to another, or the last ones up to now, today included. */
export function periodOf(input: SummaryInput, { timeZone, now = new Date() }: Here): ComparedPeriod {
  const [first, last] = datesOf(input, dateAt(timeZone, now))
  const days = daysBetween(first, last) + 1
  const all = listDays(timeZone, first, last)
  const from = startOfDay(timeZone, first)
  const end = startOfDay(timeZone, addDays(last, 1))
  const before = startOfDay(timeZone, addDays(first, -days))
  const isOver = end <= now
  const to = isOver ? end : later(from, now)
  return {
    timeZone,
    days: all.map((day) => ({ ...day, to: day.to < to ? day.to : later(day.from, to) })),
    from,
    to,
    before: { from: before, to: isOver ? from : later(before, sameTimeBefore(timeZone, now, days)) },
  }
}

function datesOf(input: SummaryInput, today: string): [string, string] {
  if (input?.from !== undefined && input.to !== undefined) return [input.from, input.to]
  return [addDays(today, 1 - (input?.days ?? DASHBOARD_DAYS_DEFAULT)), today]
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}

export function toRange({ timeZone, days, from, to, before }: ComparedPeriod): Range {
  return { days: days.length, ...toWire({ from, to }), timeZone, before: toWire(before) }
}

export function toWire({ from, to }: Period): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() }
}
