import type { Permission } from '../permission/schema.ts'
import { type Audience, audienceOf, isFor } from './audience.ts'
import { encodeEvent } from './change-protocol.ts'
import type { ChangeRing } from './change-ring.ts'
import type { Reader } from './check-readers.ts'
import type { ReadChange } from './read-changes.ts'

/** Bytes are written in stretches of about so many characters; a single change may be longer. */
export const STRETCH_SIZE_MAX = 128 * 1024
/** Stretches whose bytes are kept, for readers that are a little behind the others. */
const STRETCHES_KEPT_MAX = 4

/** What a reader is sent next, and where that leaves it. No bytes: it may see none of it. */
export interface Stretch {
  upTo: number
  bytes: Uint8Array | undefined
}

/** Bytes for readers, each made once for all who may see the same. */
export interface SharedFrames {
  /** What follows in the ring; undefined if the ring does not have it any more. */
  after(seq: number, reader: SharedReader): Stretch | undefined
}

interface Shared {
  changes: { frame: Buffer; audience: Audience }[]
  upTo: number
  /** What decides who sees what of it. */
  permissions: readonly Permission[]
  userIds: ReadonlySet<string>
  bytes: Map<string, Uint8Array | undefined>
}

type SharedReader = Pick<Reader, 'userId' | 'access'>

export function createSharedFrames(ring: ChangeRing): SharedFrames {
  const kept = new Map<string, Shared>()

  function share(seq: number): Shared | undefined {
    // With more in the ring, or another ring, it is another stretch.
    const key = `${ring.epoch}:${seq}:${ring.position}`
    const known = kept.get(key)
    if (known) return known
    const read = ring.after(seq, STRETCH_SIZE_MAX)
    const shared = toShared(read)
    if (!shared) return undefined
    kept.set(key, shared)
    const [oldest] = kept.keys()
    if (kept.size > STRETCHES_KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return shared
  }

  return {
    after(seq, reader) {
      const shared = share(seq)
      return shared && { upTo: shared.upTo, bytes: bytesFor(shared, reader) }
    },
  }
}

function toShared(read: readonly ReadChange[]): Shared | undefined {
  const last = read.at(-1)
  if (!last) return undefined
  const changes = read.map(({ change }) => ({
    frame: encodeEvent({ seq: change.seq, event: { type: 'change', change } }),
    audience: audienceOf(change),
  }))
  const permissions = new Set(changes.flatMap(({ audience }) => audience.permission ?? []))
  const userIds = new Set(changes.flatMap(({ audience }) => audience.userId ?? []))
  return { changes, upTo: last.change.seq, permissions: [...permissions], userIds, bytes: new Map() }
}

/** Readers with the same answers to what the stretch asks are one class, and get the same bytes. */
function bytesFor(shared: Shared, reader: SharedReader): Uint8Array | undefined {
  const { userId, access } = reader
  const held = shared.permissions.filter((permission) => access.permissions.has(permission))
  const key = `${held.join()}:${shared.userIds.has(userId) ? userId : ''}`
  if (!shared.bytes.has(key)) shared.bytes.set(key, joinFrames(shared, reader))
  return shared.bytes.get(key)
}

function joinFrames({ changes }: Shared, reader: SharedReader): Uint8Array | undefined {
  const frames = changes.flatMap(({ frame, audience }) => (isFor(audience, reader) ? frame : []))
  return frames.length === 0 ? undefined : Buffer.concat(frames)
}
