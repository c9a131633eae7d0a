import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import { newId } from '../id.ts'
import type { TenantRow } from '../master/tables.ts'
import type { Planned, Rollout } from './migrate-fleet.ts'

const ERROR_LENGTH_MAX = 500
const ROWS_IN_ONE_INSERT = 500
/** While a rollout runs it says so this often, also in the middle of a tenant that takes long. */
const HEARTBEAT_MS = 5_000
/** Silent for so long, a rollout has been cut off. */
export const ROLLOUT_UNHEARD_SECONDS = 60

/** Everybody's line, before anybody is begun: what is left over after a crash can be seen. */
export async function planRollout(
  { master, schema }: Installation,
  planned: readonly Planned[],
): Promise<string> {
  const id = newId()
  const now = new Date()
  await forgetCutOff({ master })
  await master
    .insertInto('rollouts')
    .values({
      id,
      target_version: schema.version,
      state: 'running',
      tenants: planned.length,
      waves: Math.max(...planned.map(({ wave }) => wave)),
      started_at: now,
      heard_at: now,
    })
    .execute()
  const rows = planned.map(({ tenant, wave }) => ({
    tenant_id: tenant.id,
    rollout_id: id,
    state: 'pending' as const,
    wave,
    from_version: tenant.schema_version,
    target_version: schema.version,
  }))
  for (let from = 0; from < rows.length; from += ROWS_IN_ONE_INSERT) {
    await master
      .insertInto('tenant_migrations')
      .values(rows.slice(from, from + ROWS_IN_ONE_INSERT))
      .onDuplicateKeyUpdate({
        rollout_id: id,
        state: 'pending',
        wave: sql`VALUES(wave)`,
        from_version: sql`VALUES(from_version)`,
        target_version: schema.version,
        error: null,
        started_at: null,
        ended_at: null,
      })
      .execute()
  }
  return id
}

export async function forgetCutOff({ master }: Pick<Installation, 'master'>): Promise<void> {
  await master
    .updateTable('rollouts')
    .set({ state: 'stopped', reason: 'the process that ran it has gone', ended_at: new Date() })
    .where('state', '=', 'running')
    .where('heard_at', '<', unheardSince())
    .execute()
}

/** By the clock of the server, which is the same for all processes. */
export function unheardSince() {
  return sql<Date>`UTC_TIMESTAMP(3) - INTERVAL ${ROLLOUT_UNHEARD_SECONDS} SECOND`
}

/** A beat that cannot be written is left out: the next record says the same. @returns what ends it */
export function keepHeard({ installation, id }: Rollout): Disposable {
  const beat = () =>
    installation.master
      .updateTable('rollouts')
      .set({ heard_at: sql<Date>`UTC_TIMESTAMP(3)` })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .execute()
      .catch(() => undefined)
  const timer = setInterval(() => void beat(), HEARTBEAT_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** While the control plane cannot be asked nothing is known of a wish; the next tenant asks again. */
export async function isStopAsked({ installation, id }: Rollout): Promise<boolean> {
  const row = await installation.master
    .selectFrom('rollouts')
    .select('stop_asked_at')
    .where('id', '=', id)
    .executeTakeFirst()
    .catch(() => undefined)
  return row !== undefined && row.stop_asked_at !== null
}

export async function recordWave({ installation, id }: Rollout, wave: number): Promise<void> {
  await installation.master
    .updateTable('rollouts')
    .set({ wave, heard_at: new Date() })
    .where('id', '=', id)
    .execute()
}

export async function endRollout({ installation, id, report }: Rollout): Promise<void> {
  const now = new Date()
  await installation.master
    .updateTable('rollouts')
    .set({
      state: report.stopped === null ? 'done' : 'stopped',
      reason: report.stopped,
      heard_at: now,
      ended_at: now,
    })
    .where('id', '=', id)
    .execute()
}

export async function recordBegin({ installation, id }: Rollout, tenant: TenantRow): Promise<void> {
  await sql`
    UPDATE tenant_migrations m JOIN rollouts r ON r.id = ${id}
    SET m.state = 'running', m.attempts = m.attempts + 1, m.started_at = UTC_TIMESTAMP(3), m.ended_at = NULL,
      r.heard_at = UTC_TIMESTAMP(3)
    WHERE m.tenant_id = ${tenant.id}`.execute(installation.master)
}

export async function recordDone(rollout: Rollout, tenant: TenantRow): Promise<void> {
  await record(rollout, tenant, { state: 'done', error: null })
}

/** Whoever has it records what becomes of it. */
export async function recordElsewhere(rollout: Rollout, tenant: TenantRow): Promise<void> {
  await record(rollout, tenant, { state: 'pending', error: null })
}

/** A record that cannot be written must not end the rollout: the tenant is reported all the same. */
export async function recordFailed(rollout: Rollout, tenant: TenantRow, error: unknown): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH_MAX)
  await record(rollout, tenant, { state: 'failed', error: message }).catch(() => undefined)
}

async function record(
  { installation }: Rollout,
  { id }: TenantRow,
  columns: { state: 'done' | 'pending' | 'failed'; error: string | null },
): Promise<void> {
  await installation.master
    .updateTable('tenant_migrations')
    .set({ ...columns, ended_at: new Date() })
    .where('tenant_id', '=', id)
    .execute()
}
