import { retryDelayMs } from '../errors.ts'
import { openEventSource } from './event-source.ts'
import type { StreamMessage } from './stream-message.ts'
import { type SharedStream, shareStream, type StreamListeners, type StreamPorts } from './shared-stream.ts'

/** The stream of a workspace, shared by this person's tabs. */
export function openStream(
  { tenantKey, userId }: { tenantKey: string; userId: string },
  listeners: StreamListeners,
): SharedStream {
  const name = `sarai:stream:${userId}:${tenantKey}`
  return shareStream(
    {
      open: (lastId, source) => openEventSource(tenantKey, lastId, source),
      channel: openChannel(name),
      campaign: (turn) => campaign(name, turn),
      isOnline: () => navigator.onLine,
      now: () => performance.now(),
      pauseMs: (failures) => retryDelayMs(failures, undefined),
    },
    listeners,
  )
}

function openChannel(name: string): StreamPorts['channel'] {
  const channel = new BroadcastChannel(name)
  return {
    say: (message) => channel.postMessage(message),
    listen: (listener) => (channel.onmessage = ({ data }: MessageEvent<StreamMessage>) => listener(data)),
    close: () => channel.close(),
  }
}

/** A page that did not come over https has no locks: then each tab has a stream of its own, as well as it can. */
function campaign(
  name: string,
  { lead, lose, byForce, signal }: Parameters<StreamPorts['campaign']>[0],
): void {
  if (!('locks' in navigator)) return lead()
  const untilOver = () =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
      lead()
    })
  // Taking by force cannot be called off, and need not be: it is granted at once.
  const options = byForce ? { steal: true } : { signal }
  navigator.locks.request(name, options, untilOver).catch(lose)
}
