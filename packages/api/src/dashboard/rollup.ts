import type { RawBuilder } from 'kysely'
import type { Period } from '../calendar/offsets.ts'

export type Rows = RawBuilder<unknown>

/** Where the numbers of a period come from; all three give rows of the same columns, one of them `count`. */
export interface Rollup {
  /** Counted in units of so long, the first of which begins with 1970. */
  unitMs: number
  /** Of a period of whole units. */
  counted: (period: Period) => Rows
  /** What has to be added to what is counted, and, with a `count` below 0, taken from it. */
  uncounted: (period: Period) => Rows[]
  /** The same without anything counted. */
  themselves: (period: Period) => Rows
}

/**
 * What adds up to a period: its whole units, counted; what the counting has not come to yet; and the rows themselves in
 * what the period cuts off of a unit at its ends. Asked in one statement, which sees one state: nothing is
 * counted twice while the counting goes on. Each part is to be summed by itself: a union would be written down first.
 */
export function addUp({ unitMs, counted, uncounted, themselves }: Rollup, { from, to }: Period): Rows[] {
  const first = new Date(Math.ceil(from.getTime() / unitMs) * unitMs)
  const last = new Date(Math.floor(to.getTime() / unitMs) * unitMs)
  if (first >= last) return [themselves({ from, to })]
  const whole = { from: first, to: last }
  const parts = [counted(whole), ...uncounted(whole)]
  if (from < first) parts.push(themselves({ from, to: first }))
  if (last < to) parts.push(themselves({ from: last, to }))
  return parts
}
