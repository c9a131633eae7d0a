import { type Files, sweepArchiveFolders, sweepArchives, sweepTenantFiles } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Logger } from 'pino'
import { repeat } from './repeat.ts'

/** The start has enough to do. */
const SWEEP_PACE = { firstAfterMs: 60_000, everyMs: 3_600_000 }
/** What was measured a quarter of an hour ago is measured again; which process does it is all the same. */
const MEASURE_PACE = { firstAfterMs: 20_000, everyMs: 300_000 }

/** What a killed process has left half-made is away a minute or two later, and an archive soon after its time. */
const TRANSFER_PACE = { firstAfterMs: 30_000, everyMs: 60_000 }

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
  return repeat(
    () =>
      database
        .sweepTenants()
        .catch((error: unknown) => log.warn({ err: error }, 'archived tenants could not be swept'))
        .then(() => sweepTenantFiles({ database, store }))
        .catch((error: unknown) => log.warn({ err: error }, 'files of deleted tenants could not be removed')),
    SWEEP_PACE,
  )
}

/** Keeps the figures of the operator's list of tenants fresh. Returns what ends it. */
export function startMeasuring(database: Pick<Database, 'measureTenants'>, log: Logger): () => void {
  return repeat(
    () =>
      database.measureTenants().then(
        ({ failed }) => {
          for (const { tenantKey, error } of failed)
            log.warn({ err: error, tenant: tenantKey }, 'a tenant could not be measured')
        },
        (error: unknown) => log.warn({ err: error }, 'tenants could not be measured'),
      ),
    MEASURE_PACE,
  )
}

interface TransferSweep extends Omit<TenantSweep, 'database'> {
  database: Pick<Database, 'transfers'>
}

/**
 * Ends exports, imports and copies whose process has gone, with what they had made; removes archives that are past their
 * time, and what is left of any on this machine's disk. Returns what ends it.
 */
export function startTransferSweep({ database, store, log }: TransferSweep): () => void {
  return repeat(async () => {
    try {
      for (const id of await database.transfers.sweep())
        log.warn({ transfer: id }, 'a transfer that was cut off has been ended')
      await sweepArchives({ database, store })
      await sweepArchiveFolders()
    } catch (error) {
      log.warn({ err: error }, 'transfers of tenants could not be swept')
    }
  }, TRANSFER_PACE)
}
