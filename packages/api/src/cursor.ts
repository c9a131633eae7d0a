import { z } from 'zod'
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
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

/** INVALID for anything that encodeCursor did not make, and for a cursor of none of these sorts. */
export function decodeCursor(text: string, ...sorts: readonly string[]): Cursor {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success || !sorts.includes(parsed.data[0])) throw invalidCursor()
  const [sort, value, id] = parsed.data
  return { sort, value, id }
}

/** The value of a cursor of a list that is sorted by time. INVALID for what no column of ours holds. */
export function cursorDate({ value }: Cursor): Date {
  if (!Timestamp.safeParse(value).success) throw invalidCursor()
  return new Date(value)
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
