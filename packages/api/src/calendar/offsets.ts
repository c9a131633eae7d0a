import { Temporal } from 'temporal-polyfill'

/** From `from` until before `to`. */
export interface Period {
  from: Date
  to: Date
}

/** A stretch of time in which a zone's clock runs evenly: what it shows is UTC and so many minutes. */
export interface Stretch extends Period {
  offsetMinutes: number
}

const MINUTE_NS = 60_000_000_000
/** Finding a change of the clock takes milliseconds, and they do not move; by zone and year. */
const known = new Map<string, readonly number[]>()
const KNOWN_YEARS_MAX = 2_000

/**
 * A period cut where the zone's clocks change. The database is told instants and minutes to add, so that it needs
 * no time zone tables, which a server does not have unless somebody loaded them.
 */
export function cutAtClockChanges(timeZone: string, { from, to }: Period): Stretch[] {
  const inside = changesOf(timeZone, { from, to }).filter((at) => at > from.getTime() && at < to.getTime())
  const starts = [from.getTime(), ...inside]
  return starts.map((start, index) => ({
    from: new Date(start),
    to: new Date(starts[index + 1] ?? to.getTime()),
    offsetMinutes: offsetAt(timeZone, start),
  }))
}

function offsetAt(timeZone: string, at: number): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return Math.round(offsetNanoseconds / MINUTE_NS)
}

function changesOf(timeZone: string, { from, to }: Period): number[] {
  const first = from.getUTCFullYear()
  const years = Array.from({ length: to.getUTCFullYear() - first + 1 }, (_, index) => first + index)
  return years.flatMap((year) => changesOfYear(timeZone, year))
}

function changesOfYear(timeZone: string, year: number): readonly number[] {
  const key = `${timeZone} ${year}`
  const found = known.get(key)
  if (found) return found
  if (known.size >= KNOWN_YEARS_MAX) known.clear()
  const changes = findChanges(timeZone, { from: new Date(Date.UTC(year)), to: new Date(Date.UTC(year + 1)) })
  known.set(key, changes)
  return changes
}

function findChanges(timeZone: string, { from, to }: Period): number[] {
  const changes: number[] = []
  // One before the year, so that a change at its very beginning is found too.
  let at = Temporal.Instant.fromEpochMilliseconds(from.getTime() - 1).toZonedDateTimeISO(timeZone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= to.getTime()) return changes
    changes.push(next.epochMilliseconds)
    at = next
  }
}
