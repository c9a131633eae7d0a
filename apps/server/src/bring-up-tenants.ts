import { resumeTenants } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Logger } from 'pino'
import type { Stopping } from './stopping.ts'

/** What another process left half-made can be had when its claim has run out. */
const RESUME_EVERY_MS = 30_000

export interface BringUpOptions {
  database: Database
  log: Logger
  stopping: Stopping
  onProgress: (line: string) => void
  /** Until every tenant has the newest schema; else those that are behind are migrated while the others are served. */
  waits: boolean
}

/** Finishes tenants that a killed process left half-made, and brings those that are behind to the newest schema. */
export async function bringUpTenants(options: BringUpOptions): Promise<void> {
  const { database, stopping, onProgress, waits } = options
  const stop = new AbortController()
  const resuming = setInterval(() => void resume(options), RESUME_EVERY_MS).unref()
  onProgress('Bringing the databases to the newest schema')
  await resume(options)
  const migrating = migrate(database, options.log, stop.signal)
  stopping.add('migrations', async () => {
    clearInterval(resuming)
    stop.abort()
    await migrating
  })
  if (waits) await migrating
}

async function resume({ database, log }: BringUpOptions): Promise<void> {
  await resumeTenants(database).catch((error: unknown) =>
    log.error({ err: error }, 'half-made tenants cannot be taken up'),
  )
}

async function migrate(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  await database
    .migrateTenants({ signal })
    .catch((error: unknown) => log.error({ err: error }, 'the tenants cannot be migrated'))
}
