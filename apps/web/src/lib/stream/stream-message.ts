import type { NumberedChange, PresenceNews } from '@sarai/api'

/** What `chat.changes` sends. */
export type ChangeEvent = { type: 'ready' } | { type: 'change'; change: NumberedChange } | { type: 'reset' }

/** `live`: everything others do arrives. `connecting`: what is on screen may be behind. */
export type Connection = 'connecting' | 'live' | 'offline'

/** What the tabs of a workspace say to each other. One of them has the stream and tells the others. */
export type StreamMessage =
  /** Another tab has come and asks how things are. */
  | { type: 'hello' }
  | { type: 'state'; connection: Connection; lastId: string | undefined }
  /** `before`: the event that the teller had before this one. */
  | { type: 'event'; before: string | undefined; id: string; event: ChangeEvent }
  /** Who is there: what has changed, or to who has just come, the whole. */
  | { type: 'presence'; news: PresenceNews }
  /** The server has said that it lives. */
  | { type: 'beat' }
  /** Nothing has been heard for long: is the stream alive? */
  | { type: 'check' }
  /** The server will have us no more: each tab finds out why. */
  | { type: 'refused' }
