import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Log } from '../context.ts'

const SWEEP_EVERY_MS = 10 * 60_000
/** Rows of one DELETE: it locks what it looks at. */
export const SWEEP_ROWS_MAX = 1_000

/** Deletes what is over: sessions, links, challenges, counters of attempts. */
export async function sweepExpired(master: Kysely<MasterTables>, now = new Date()): Promise<number> {
  const deletions = [
    master.deleteFrom('sessions').where('expires_at', '<=', now),
    master.deleteFrom('password_resets').where('expires_at', '<=', now),
    master.deleteFrom('sign_in_challenges').where('expires_at', '<=', now),
    master.deleteFrom('attempt_counters').where('ends_at', '<=', now),
  ]
  let deleted = 0
  for (const deletion of deletions) {
    const { numDeletedRows } = await deletion.limit(SWEEP_ROWS_MAX).executeTakeFirst()
    deleted += Number(numDeletedRows)
  }
  return deleted
}

/** Sweeps now and then, in every process; two at once do no harm. Gives back what stops it. */
export function startSweeping({ master, log }: { master: Kysely<MasterTables>; log: Log }): () => void {
  const sweep = () =>
    void sweepExpired(master).catch((err: unknown) => log.warn({ err }, 'what has expired was not swept'))
  sweep()
  const timer = setInterval(sweep, SWEEP_EVERY_MS).unref()
  return () => clearInterval(timer)
}
