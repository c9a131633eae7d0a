import type { JobRow, TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { OPEN_STATES } from './job-states.ts'

/** So long after its process last wrote a chunk down, a job is taken up by another. */
export const JOB_LEASE_MS = 30_000

/** The database's clock: processes may disagree about the time, and the lease is between them. */
const NOW = sql<Date>`UTC_TIMESTAMP(3)`
export const LEASE_END = sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(JOB_LEASE_MS * 1000)} MICROSECOND`

/**
 * Takes the oldest job that nobody works on. A row that is locked is being worked on, however old its lease:
 * SELECT … FOR UPDATE SKIP LOCKED.
 */
export function claimJob(db: Kysely<TenantTables>, owner: string): Promise<JobRow | undefined> {
  return db.transaction().execute(async (trx) => {
    const job = await selectClaimable(trx)
      .selectAll()
      .orderBy('created_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!job) return undefined
    await trx
      .updateTable('jobs')
      .set({ state: 'running', lease_owner: owner, lease_until: LEASE_END })
      .set({ started_at: job.started_at ?? new Date() })
      .where('id', '=', job.id)
      .execute()
    return job
  })
}

/** Whether there is anything to claim: one statement without a lock, for those who look often and mostly find nothing. */
export async function hasClaimable(db: Kysely<TenantTables>): Promise<boolean> {
  const job = await selectClaimable(db).select('id').limit(1).executeTakeFirst()
  return job !== undefined
}

function selectClaimable(db: Kysely<TenantTables>) {
  return db
    .selectFrom('jobs')
    .where('state', 'in', OPEN_STATES)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', NOW)]))
}

/** Others may take it at once. */
export async function releaseJob(
  db: Kysely<TenantTables>,
  { id, owner }: { id: string; owner: string },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ lease_owner: null, lease_until: null })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .execute()
}
