import type { Database } from '@sarai/db'
import type { Logger } from 'pino'

/** The start has enough to do. */
const FIRST_AFTER_MS = 60_000
const EVERY_MS = 3_600_000

/** Deletes for good, once an hour, what has been archived for longer than its grace. Returns what ends it. */
export function startTenantSweep(database: Pick<Database, 'sweepTenants'>, log: Logger): () => void {
  let timer = setTimeout(sweep, FIRST_AFTER_MS).unref()

  function sweep(): void {
    database
      .sweepTenants()
      .catch((error: unknown) => log.warn({ err: error }, 'archived tenants could not be swept'))
      .finally(() => (timer = setTimeout(sweep, EVERY_MS).unref()))
  }

  return () => clearTimeout(timer)
}
