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
  /** Another one after each restart: the same number may then be another change. */
  readonly epoch: number
  get(seq: number): NumberedChange | undefined
  /** What follows, up to about so many characters of JSON but at least one; empty if that is not here. */
  after(seq: number, sizeMax: number): ReadChange[]
  /** Puts in what follows `position`; the oldest fall out beyond the limits. */
  append(read: ReadChange[]): void
  /** Forgets everything and goes on after `position`. */
  restart(position: number): void
}

export function createChangeRing(start: number, { changesMax, sizeMax }: ChangeRingLimits): ChangeRing {
  // A Map gives back its keys in the order they were put in: the first one is the oldest.
  const kept = new Map<number, ReadChange>()
  let position = start
  let epoch = 0
  let size = 0

  function after(seq: number, stretchMax: number): ReadChange[] {
    const found: ReadChange[] = []
    let left = stretchMax
    for (let next = kept.get(seq + 1); next && left > 0; next = kept.get(next.change.seq + 1)) {
      found.push(next)
      left -= next.size
    }
    return found
  }

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
    epoch++
    size = 0
  }

  return {
    get position() {
      return position
    },
    get epoch() {
      return epoch
    },
    get: (seq) => kept.get(seq)?.change,
    after,
    append,
    restart,
  }
}
