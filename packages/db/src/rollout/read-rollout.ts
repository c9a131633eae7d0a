import type { Installation } from '../installation.ts'

export const TENANT_MIGRATIONS_LISTED_MAX = 200

export interface RolloutStatus {
  /** The schema that this process brings tenants to, and the oldest that it serves. */
  targetVersion: number
  servedFrom: number
  /** Tenants by the version of their schema; archived ones and those in the making not counted. */
  versions: { schemaVersion: number; tenants: number }[]
  /** The newest one; null if there has been none. */
  latest: RolloutSummary | null
}

export interface RolloutSummary {
  id: string
  targetVersion: number
  state: 'running' | 'done' | 'stopped'
  /** Why it stopped. */
  reason: string | null
  tenants: number
  wave: number
  waves: number
  startedAt: Date
  /** When something was recorded of it last. */
  heardAt: Date
  endedAt: Date | null
  /** Of its tenants. */
  counts: Record<'pending' | 'running' | 'done' | 'failed', number>
}

export interface TenantMigrationStatus {
  tenantKey: string
  state: 'pending' | 'running' | 'done' | 'failed'
  wave: number
  fromVersion: number
  targetVersion: number
  attempts: number
  error: string | null
  startedAt: Date | null
  endedAt: Date | null
}

/** See Database.rolloutStatus. */
export async function readRolloutStatus({ master, schema }: Installation): Promise<RolloutStatus> {
  const versions = await master
    .selectFrom('tenants')
    .where('status', 'in', ['active', 'suspended', 'migrating'])
    .groupBy('schema_version')
    .orderBy('schema_version')
    .select(['schema_version as schemaVersion', ({ fn }) => fn.countAll<number>().as('tenants')])
    .execute()
  const latest = await master
    .selectFrom('rollouts')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { version: targetVersion, servedFrom } = schema
  if (!latest) return { targetVersion, servedFrom, versions, latest: null }
  return {
    targetVersion,
    servedFrom,
    versions,
    latest: {
      id: latest.id,
      targetVersion: latest.target_version,
      state: latest.state,
      reason: latest.reason,
      tenants: latest.tenants,
      wave: latest.wave,
      waves: latest.waves,
      startedAt: latest.started_at,
      heardAt: latest.heard_at,
      endedAt: latest.ended_at,
      counts: await countStates(master, latest.id),
    },
  }
}

async function countStates(
  master: Installation['master'],
  rolloutId: string,
): Promise<RolloutSummary['counts']> {
  const rows = await master
    .selectFrom('tenant_migrations')
    .where('rollout_id', '=', rolloutId)
    .groupBy('state')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .execute()
  const counts = { pending: 0, running: 0, done: 0, failed: 0 }
  for (const { state, count } of rows) counts[state] = Number(count)
  return counts
}

export interface ListTenantMigrationsInput {
  rolloutId: string
  state?: TenantMigrationStatus['state'] | undefined
  /** The key of the last one of the page before. */
  after?: string | undefined
}

/** See Database.listTenantMigrations. */
export async function listTenantMigrations(
  { master }: Installation,
  { rolloutId, state, after }: ListTenantMigrationsInput,
): Promise<TenantMigrationStatus[]> {
  let query = master
    .selectFrom('tenant_migrations')
    .innerJoin('tenants', 'tenants.id', 'tenant_migrations.tenant_id')
    .where('rollout_id', '=', rolloutId)
    .orderBy('tenant_key')
    .limit(TENANT_MIGRATIONS_LISTED_MAX)
    .select([
      'tenant_key as tenantKey',
      'tenant_migrations.state',
      'wave',
      'from_version as fromVersion',
      'target_version as targetVersion',
      'attempts',
      'error',
      'started_at as startedAt',
      'ended_at as endedAt',
    ])
  if (state) query = query.where('tenant_migrations.state', '=', state)
  if (after !== undefined) query = query.where('tenant_key', '>', after)
  return query.execute()
}
