import type { PresenceNews } from '../presence/model.ts'
import type { PositionedEvent } from './change-event.ts'

/** How often an open stream says that it lives. */
export const STREAM_PING_MS = 10_000
/** A browser that has heard nothing for so long takes the connection for dead: two pings, and time for the second. */
export const STREAM_SILENCE_MAX_MS = 25_000

/**
 * What goes over the wire, as tRPC's own producer of server-sent events would write it: any tRPC client reads it.
 * Ours exists because tRPC's serialises each event anew for each reader, and keeps several queues for each.
 */
export const CONNECTED_FRAME = encode('connected', { reconnectAfterInactivityMs: STREAM_SILENCE_MAX_MS })
export const PING_FRAME = Buffer.from('event: ping\ndata: \n\n')

/** An event with its position as the id, which a client sends to go on from there. */
export function encodeEvent({ seq, event }: PositionedEvent): Buffer {
  return Buffer.from(`data: ${JSON.stringify(event)}\nid: ${seq}\n\n`)
}

/** Who is there. No event of the procedure: it has no position, a reader that comes later is told the whole. */
export function encodePresence(news: PresenceNews): Buffer {
  return encode('presence', news)
}

/** Why a stream was refused or has ended, in tRPC's shape of an error. */
export function encodeError(shape: object): Buffer {
  return encode('serialized-error', shape)
}

function encode(event: string, data: object): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
