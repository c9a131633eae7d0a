import { DatabaseError, type DatabaseErrorCode } from '@sarai/db'
import { setTimeout as sleep } from 'node:timers/promises'

/** Pauses before a read is tried again: doubled from the first to the last, each shortened by chance. */
const PAUSE_MIN_MS = 100
const PAUSE_MAX_MS = 5_000

/** What a stream waits out, because it passes by itself. The rest ends the stream with that error. */
const PASSES = {
  TENANT_BUSY: true,
  TENANT_MIGRATING: true,
  TENANT_UNREACHABLE: true,
  SERVER_UNAVAILABLE: true,
  CONNECTION_LOST: true,
  LEASE_RECLAIMED: true,
  TENANT_UNKNOWN: false,
  TENANT_PROVISIONING: false,
  TENANT_ARCHIVED: false,
  TENANT_SUSPENDED: false,
  TENANT_EXISTS: false,
  ABORTED: false,
  CLOSED: false,
  SCOPE_ENDED: false,
  SCOPE_NESTED: false,
} as const satisfies Record<DatabaseErrorCode, boolean>

/** Repeats a read, with growing pauses, until it succeeds, fails for good, or nobody wants it any more. */
export async function retryRead<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (signal.aborted || !(error instanceof DatabaseError) || !PASSES[error.code]) throw error
      const pauseMs = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** attempt)
      await sleep(Math.max(pauseMs, error.retryAfterMs ?? 0) * (0.5 + Math.random() / 2), undefined, {
        signal,
      })
    }
  }
}
