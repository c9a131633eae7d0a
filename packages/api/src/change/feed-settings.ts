import type { ChangeRingLimits } from './change-ring.ts'

/** How long a change committed by another process may take to arrive. */
export const CHANGE_POLL_MS = 700
/** How long somebody who has lost access may go on reading, if nothing announces it earlier. */
export const ACCESS_RECHECK_MS = 5_000
/** What a tenant's ring keeps: about the last minutes of a busy one. */
export const RING_CHANGES_MAX = 1_000
export const RING_SIZE_MAX = 4_000_000
/** Changes of one SELECT. */
export const PAGE_CHANGES_MAX = 200
/** Open streams: tabs and devices of one member, and everybody in one tenant. In each process. */
export const STREAMS_PER_USER_MAX = 20
export const STREAMS_PER_TENANT_MAX = 2_000
/** Between two deletions of changes that are too old, in each tenant somebody is reading. */
export const PRUNE_EVERY_MS = 3_600_000

export interface FeedSettings {
  pollMs: number
  accessRecheckMs: number
  ring: ChangeRingLimits
  pageMax: number
  streamsPerUserMax: number
  streamsPerTenantMax: number
  pruneEveryMs: number
}

export const FEED_DEFAULTS: FeedSettings = {
  pollMs: CHANGE_POLL_MS,
  accessRecheckMs: ACCESS_RECHECK_MS,
  ring: { changesMax: RING_CHANGES_MAX, sizeMax: RING_SIZE_MAX },
  pageMax: PAGE_CHANGES_MAX,
  streamsPerUserMax: STREAMS_PER_USER_MAX,
  streamsPerTenantMax: STREAMS_PER_TENANT_MAX,
  pruneEveryMs: PRUNE_EVERY_MS,
}
