import type { Database, TenantRecord } from '@sarai/db'
import { canSee } from './audience.ts'
import type { PositionedEvent } from './change-event.ts'
import type { ChangeRing } from './change-ring.ts'
import type { ChangeStream } from './change-stream.ts'
import type { NumberedChange } from './change.ts'
import { readChangesAfter } from './read-changes.ts'
import { retryRead } from './retry-read.ts'
import { FEED_LABEL, type Tail } from './tail.ts'

export interface Follow {
  database: Pick<Database, 'withTenant'>
  tenant: Pick<TenantRecord, 'tenantKey'>
  tail: Tail
  stream: ChangeStream
  afterSeq: number | undefined
  pageMax: number
}

/**
 * One reader's way along a tail. All it keeps is a position: the next change comes from the ring, from the
 * table if the ring has gone on without it, and if the table has deleted it, the reader starts again.
 */
export async function* followChanges(follow: Follow): AsyncGenerator<PositionedEvent, void, undefined> {
  const { stream, afterSeq } = follow
  const ring = await waitForRing(follow)
  if (!ring) return
  let seq = afterSeq ?? ring.position
  if (afterSeq === undefined) yield { seq, event: { type: 'ready' } }
  while (stream.isOpen()) {
    if (seq === ring.position) {
      await stream.wait()
      continue
    }
    const changes = await nextChanges(follow, { ring, seq })
    if (changes.length === 0 && stream.isOpen()) {
      seq = ring.position
      yield { seq, event: { type: 'reset' } }
    }
    for (const change of changes) {
      if (!stream.isOpen()) return
      seq = change.seq
      if (canSee(change, stream)) yield { seq, event: { type: 'change', change } }
    }
  }
}

/** The position that the first round finds is "now": whatever is committed later comes after it. */
export async function waitForRing({ tail, stream }: Follow): Promise<ChangeRing | undefined> {
  const ticket = tail.ask()
  while (stream.isOpen()) {
    const ring = tail.ringAfter(ticket)
    if (ring) return ring
    await stream.wait()
  }
  return undefined
}

/** What follows a position; nothing if that is lost, or the position was never reached. */
export async function nextChanges(
  follow: Follow,
  { ring, seq }: { ring: ChangeRing; seq: number },
): Promise<NumberedChange[]> {
  if (seq > ring.position) return []
  const next = ring.get(seq + 1)
  if (next) return [next]
  const { database, tenant, stream, pageMax } = follow
  const read = () =>
    database.withTenant(tenant.tenantKey, (db) => readChangesAfter(db, { afterSeq: seq, limit: pageMax }), {
      signal: stream.signal,
      label: FEED_LABEL,
    })
  const page = await retryRead(read, stream.signal)
  // What is beyond the ring has not been through the tail's check of roles yet.
  return page.map(({ change }) => change).filter((change) => change.seq <= ring.position)
}
