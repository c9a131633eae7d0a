import type { NumberedChange } from './change.ts'

/** What `chat.changes` sends. */
export type ChangeEvent =
  /** The stream has begun: everything after its id will come. */
  | { type: 'ready' }
  | { type: 'change'; change: NumberedChange }
  /** Changes are missing that are no longer kept. Load everything again; all after its id will come. */
  | { type: 'reset' }

export interface PositionedEvent {
  /** The tenant's sequence number that the event leaves the reader at. */
  seq: number
  event: ChangeEvent
}
