import type { TenantRecord } from '@sarai/db'
import type { Access } from '../permission/access.ts'
import type { NumberedChange } from './change.ts'

/** What `chat.changes` sends, each with the position it leaves the reader at. */
export type ChangeEvent =
  /** The stream has begun: everything after its id will come. */
  | { type: 'ready' }
  | { type: 'change'; change: NumberedChange }
  /** Changes are missing that are no longer kept. Load everything again; all after its id will come. */
  | { type: 'reset' }

export interface PositionedEvent {
  /** The tenant's sequence number after this event. */
  seq: number
  event: ChangeEvent
}

/** One reader of a tenant's changes. */
export interface FollowOptions {
  tenant: Pick<TenantRecord, 'id' | 'tenantKey'>
  userId: string
  /** What the reader may see now; the feed reads it again while the stream lasts. */
  access: Access
  /** The last number the reader has; left out: from now on, beginning with `ready`. */
  afterSeq?: number | undefined
  /** Ends the stream and gives back all it holds. */
  signal?: AbortSignal | undefined
}

/** The changes of all tenants, as this process sees them. */
export interface ChangeFeed {
  /** Wakes the streams of a tenant in this process when a change has been committed. */
  wake(tenantId: string): void
  /** Every change the reader may see, in commit order, each exactly once. */
  follow(options: FollowOptions): AsyncGenerator<PositionedEvent, void, undefined>
  /** Ends every stream with CLOSED, which makes browsers come back later. */
  close(): void
}
