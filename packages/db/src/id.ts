import { v7 } from 'uuid'

/** A UUIDv7 in lower case: sorts by time of making, to the millisecond and within it. */
export function newId(): string {
  return v7()
}

/** Sorts behind every id made before that moment and ahead of all made later: a bound, not an id of anything. */
export function idBound(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
