import { setTimeout as sleep } from 'node:timers/promises'
import { audienceOf, isFor } from './audience.ts'
import { encodeEvent } from './change-protocol.ts'
import type { ChangeRing } from './change-ring.ts'
import {
  type ChangeSink,
  SINK_BUFFERED_BYTES_MAX,
  SINK_CATCH_UP_BYTES_MAX,
  SINK_DRAIN_MAX_MS,
} from './change-sink.ts'
import { type Follow, nextChanges, waitForRing } from './follow-changes.ts'
import { type Stretch, STRETCH_SIZE_MAX } from './shared-frames.ts'

/**
 * The same way along a tail as `followChanges`, for a reader that is sent bytes: those of live readers are made once
 * for all. A reader that catches up is waited for; a live one that has stopped taking is cut.
 */
export async function pushChanges(follow: Follow & { sink: ChangeSink }): Promise<void> {
  const { stream, tail, sink, afterSeq } = follow
  const ring = await waitForRing(follow)
  if (!ring) return
  let seq = afterSeq ?? ring.position
  if (afterSeq === undefined) sink.write(encodeEvent({ seq, event: { type: 'ready' } }))
  const tellPresence = presenceTeller(follow)
  let isLive = false
  while (stream.isOpen()) {
    if (seq === ring.position) {
      isLive = true
      tellPresence()
      await stream.wait()
      continue
    }
    if (isLive && !(await keepsUp(sink))) return sink.cut()
    if (!isLive && sink.bufferedBytes > SINK_CATCH_UP_BYTES_MAX) await sink.drained()
    const next = tail.framesOf(ring).after(seq, stream) ?? (await readStretch(follow, { ring, seq }))
    if (!stream.isOpen()) return
    if (next.bytes) sink.write(next.bytes)
    seq = next.upTo
  }
}

/** Says who is there, if that is other than what this reader knows; a reader who is behind is told the whole later. */
function presenceTeller({ tail: { presence }, sink }: Follow & { sink: ChangeSink }): () => void {
  let toldVersion = 0
  return () => {
    if (toldVersion === presence.version || sink.bufferedBytes > SINK_CATCH_UP_BYTES_MAX) return
    sink.write(presence.framesAfter(toldVersion))
    toldVersion = presence.version
  }
}

/** A burst may be more than a socket takes at once; a reader that keeps up takes it in a moment. */
async function keepsUp(sink: ChangeSink): Promise<boolean> {
  if (sink.bufferedBytes <= SINK_BUFFERED_BYTES_MAX) return true
  const late = sleep(SINK_DRAIN_MAX_MS, undefined, { signal: sink.signal, ref: false })
  await Promise.race([sink.drained(), late.catch(() => undefined)])
  return sink.bufferedBytes <= SINK_BUFFERED_BYTES_MAX
}

/** What the ring does not have any more, for this reader alone; nothing anywhere: it has to begin again. */
async function readStretch(follow: Follow, at: { ring: ChangeRing; seq: number }): Promise<Stretch> {
  const changes = await nextChanges(follow, at)
  const frames: Buffer[] = []
  let { seq } = at
  let left = STRETCH_SIZE_MAX
  for (const change of changes) {
    if (left <= 0) break
    seq = change.seq
    if (!isFor(audienceOf(change), follow.stream)) continue
    const frame = encodeEvent({ seq, event: { type: 'change', change } })
    frames.push(frame)
    left -= frame.length
  }
  if (changes.length > 0) return { upTo: seq, bytes: frames.length === 0 ? undefined : Buffer.concat(frames) }
  seq = at.ring.position
  return { upTo: seq, bytes: encodeEvent({ seq, event: { type: 'reset' } }) }
}
