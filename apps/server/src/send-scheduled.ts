import { ALARM_LOOK_MS, type ChangeFeed, runAlarms } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Logger } from 'pino'
import { repeat } from './repeat.ts'

interface SendingScheduled {
  database: Database
  changes: ChangeFeed
  log: Logger
}

/** Sends messages at their time, also in tenants in which nobody is. Returns what ends it. */
export function startSendingScheduled({ database, changes, log }: SendingScheduled): () => void {
  return repeat(
    () =>
      runAlarms({ database, changes, log }).catch((error: unknown) =>
        log.warn({ err: error }, 'it could not be looked up which messages are due'),
      ),
    { firstAfterMs: ALARM_LOOK_MS, everyMs: ALARM_LOOK_MS },
  )
}
