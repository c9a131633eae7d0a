import type { NumberedChange } from './change.ts'
import type { ReadChange } from './read-changes.ts'

export interface ChangeRingLimits {
  changesMax: number
  /** Characters of the changes' JSON. */
  sizeMax: number
}

/** The latest changes of a tenant, without gaps, each kept once for all who read them. */
export interface ChangeRing {
  /** The number of the last change that was put in, or that it began after. */
  readonly position: number
  get(seq: number): NumberedChange | undefined
  /** Puts in what follows `position`; the oldest fall out beyond the limits. */
  append(read: ReadChange[]): void
  /** Forgets everything and goes on after `position`. */
  restart(position: number): void
}

export function createChangeRing(start: number, { changesMax, sizeMax }: ChangeRingLimits): ChangeRing {
  // A Map gives back its keys in the order they were put in: the first one is the oldest.
  const kept = new Map<number, ReadChange>()
  let position = start
  let size = 0

  function append(read: ReadChange[]): void {
    for (const one of read) {
      kept.set(one.change.seq, one)
      position = one.change.seq
      size += one.size
    }
    for (const [seq, oldest] of kept) {
      if (kept.size <= changesMax && size <= sizeMax) return
      kept.delete(seq)
      size -= oldest.size
    }
  }

  function restart(at: number): void {
    kept.clear()
    position = at
    size = 0
  }

  return {
    get position() {
      return position
    },
    get: (seq) => kept.get(seq)?.change,
    append,
    restart,
  }
}
