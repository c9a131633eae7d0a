import { type Files, sweepTenantFiles } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Logger } from 'pino'

/** The start has enough to do. */
const FIRST_AFTER_MS = 60_000
const EVERY_MS = 3_600_000

interface TenantSweep {
  database: Pick<Database, 'sweepTenants' | 'master'>
  store: Files['store']
  log: Logger
}

/**
 * Deletes for good, once an hour, what has been archived for longer than its grace; then the files of all tenants that
 * are gone, however they went. Returns what ends it.
 */
export function startTenantSweep({ database, store, log }: TenantSweep): () => void {
  let timer = setTimeout(sweep, FIRST_AFTER_MS).unref()

  function sweep(): void {
    database
      .sweepTenants()
      .catch((error: unknown) => log.warn({ err: error }, 'archived tenants could not be swept'))
      .then(() => sweepTenantFiles({ database, store }))
      .catch((error: unknown) => log.warn({ err: error }, 'files of deleted tenants could not be removed'))
      .finally(() => (timer = setTimeout(sweep, EVERY_MS).unref()))
  }

  return () => clearTimeout(timer)
}
