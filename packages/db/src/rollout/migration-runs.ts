import { sql } from 'kysely'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import { MigrationLocked } from '../migrate.ts'

type Master = Pick<Installation, 'master'>
const ERROR_LENGTH_MAX = 500
/** Of one tenant, the newest; more than a schema has had versions. */
export const MIGRATION_RUNS_LISTED_MAX = 100
/** A run that has said nothing for longer was cut off: it holds a lock of the server that goes with its connection. */
export const RUN_CUT_OFF_MINUTES = 60

export interface MigrationRun {
  fromVersion: number
  toVersion: number
  state: 'running' | 'done' | 'failed'
  /** Counted from 1: how often it was tried in a row. */
  attempt: number
  error: string | null
  startedAt: Date
  endedAt: Date | null
  /** It runs by its record, and its process must have gone. */
  isCutOff: boolean
}

export interface NewRun {
  tenantId: string
  fromVersion: number
  toVersion: number
}

/** See Database.listMigrationRuns. */
export async function listMigrationRuns({ master }: Master, tenantKey: string): Promise<MigrationRun[]> {
  const rows = await master
    .selectFrom('tenant_migration_runs')
    .innerJoin('tenants', 'tenants.id', 'tenant_migration_runs.tenant_id')
    .where('tenant_key', '=', tenantKey)
    .orderBy('started_at', 'desc')
    .orderBy('tenant_migration_runs.id', 'desc')
    .limit(MIGRATION_RUNS_LISTED_MAX)
    .select([
      'from_version as fromVersion',
      'to_version as toVersion',
      'state',
      'attempt',
      'error',
      'started_at as startedAt',
      'ended_at as endedAt',
    ])
    .select(
      sql<number>`state = 'running' AND started_at < UTC_TIMESTAMP(3) - INTERVAL ${RUN_CUT_OFF_MINUTES} MINUTE`.as(
        'isCutOff',
      ),
    )
    .execute()
  return rows.map((row) => ({ ...row, isCutOff: row.isCutOff === 1 }))
}

/** Runs `work` between the two records of it. What another process is at is that one's run. */
export async function recordRun<T>(installation: Master, run: NewRun, work: () => Promise<T>): Promise<T> {
  const id = await begin(installation, run)
  try {
    const outcome = await work()
    await end(installation, id, { state: 'done' })
    return outcome
  } catch (error) {
    // A record that cannot be written must not hide what went wrong.
    const written =
      error instanceof MigrationLocked
        ? forget(installation, id)
        : end(installation, id, { state: 'failed', error: messageOf(error) })
    await written.catch(() => undefined)
    throw error
  }
}

async function begin({ master }: Master, { tenantId, fromVersion, toVersion }: NewRun): Promise<string> {
  const id = newId()
  await sql`
    INSERT INTO tenant_migration_runs (id, tenant_id, from_version, to_version, state, attempt, started_at)
    SELECT ${id}, ${tenantId}, ${fromVersion}, ${toVersion}, 'running', COUNT(*) + 1, UTC_TIMESTAMP(3)
    FROM tenant_migration_runs WHERE tenant_id = ${tenantId} AND to_version = ${toVersion}`.execute(master)
  return id
}

async function forget({ master }: Master, id: string): Promise<void> {
  await master.deleteFrom('tenant_migration_runs').where('id', '=', id).execute()
}

async function end(
  { master }: Master,
  id: string,
  columns: { state: 'done' } | { state: 'failed'; error: string },
): Promise<void> {
  await master
    .updateTable('tenant_migration_runs')
    .set({ ...columns, ended_at: sql<Date>`UTC_TIMESTAMP(3)` })
    .where('id', '=', id)
    .execute()
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH_MAX)
}
