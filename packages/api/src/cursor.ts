import { z, type ZodType } from 'zod'
import { DomainError } from './errors.ts'

const Cursor = z.tuple([z.string(), z.string(), z.uuid()])
/** With a year of four digits: JavaScript knows dates that the database does not. */
const Timestamp = z.iso.datetime()

/** Where a page of a sorted list ended: the sort it belongs to, the last row's value in it, its id. */
export interface Cursor {
  sort: string
  value: string
  id: string
}

/** Opaque to callers, so that its content may change. */
export function encodeCursor({ sort, value, id }: Cursor): string {
  return encodeOpaque([sort, value, id])
}

/** INVALID for anything that encodeCursor did not make, and for a cursor of none of these sorts. */
export function decodeCursor(text: string, ...sorts: readonly string[]): Cursor {
  const [sort, value, id] = decodeOpaque(text, Cursor)
  if (!sorts.includes(sort)) throw invalidCursor()
  return { sort, value, id }
}

/** For lists whose place is something else than a row's value and id. */
export function encodeOpaque(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** INVALID for anything that encodeOpaque did not make of such a place. */
export function decodeOpaque<Place>(text: string, shape: ZodType<Place>): Place {
  const parsed = shape.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) throw invalidCursor()
  return parsed.data
}

/** The value of a cursor of a list that is sorted by time. INVALID for what no column of ours holds. */
export function cursorDate({ value }: Cursor): Date {
  if (!Timestamp.safeParse(value).success) throw invalidCursor()
  return new Date(value)
}

/** A whole number that is a part of a cursor's value. INVALID for anything else. */
export function cursorNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw invalidCursor()
  return Number(text)
}

function invalidCursor(): DomainError {
  return new DomainError('INVALID', 'This page of the list cannot be found. Start again from the first page.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
