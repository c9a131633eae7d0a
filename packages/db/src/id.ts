import { v7 } from 'uuid'

/** A UUIDv7 in lower case: sorts by time of making, to the millisecond and within it. */
export function newId(): string {
  return v7()
}
