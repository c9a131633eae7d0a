import type { PresenceNews } from '@sarai/api'
import type { ChangeEvent } from './stream-message.ts'

/** Why the server ended or refused a stream: `data` as tRPC sends it with an error. */
export interface StreamRefusal {
  data?: { domain?: { code: string; details?: Record<string, unknown> | null } | null }
}

export interface SourceListeners {
  /** The server is there. */
  onOpen: () => void
  /** It is still there: a ping, or whatever else it said. */
  onBeat: () => void
  onEvent: (id: string, event: ChangeEvent) => void
  onPresence: (news: PresenceNews) => void
  /** It is over: refused with words, or broken without. Comes once. */
  onEnd: (refusal: StreamRefusal | undefined) => void
}

/**
 * One real connection to a workspace's changes, which ends at the first fault: EventSource would try again by itself,
 * but not after every fault, and without asking whether there is a network.
 */
export function openEventSource(
  tenantKey: string,
  lastId: string | undefined,
  { onOpen, onBeat, onEvent, onPresence, onEnd }: SourceListeners,
): () => void {
  const input = JSON.stringify(lastId === undefined ? {} : { lastEventId: lastId })
  let isOver = false
  const source = new EventSource(`/t/${tenantKey}/trpc/chat.changes?input=${encodeURIComponent(input)}`)
  source.addEventListener('connected', onOpen)
  source.addEventListener('ping', onBeat)
  source.addEventListener('message', ({ data, lastEventId }) => {
    onBeat()
    onEvent(lastEventId, JSON.parse(String(data)) as ChangeEvent)
  })
  source.addEventListener('presence', ({ data }: MessageEvent<string>) =>
    onPresence(JSON.parse(data) as PresenceNews),
  )
  source.addEventListener('serialized-error', ({ data }) => end(JSON.parse(String(data)) as StreamRefusal))
  source.addEventListener('error', () => end(undefined))

  function end(refusal: StreamRefusal | undefined): void {
    if (isOver) return
    isOver = true
    source.close()
    onEnd(refusal)
  }

  return () => {
    isOver = true
    source.close()
  }
}
