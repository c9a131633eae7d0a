import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import { unheardSince } from './record.ts'

export const TENANT_MIGRATIONS_LISTED_MAX = 200
/** What a person reads of what happened last. */
export const RECENT_MIGRATIONS_MAX = 50

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
  /** It runs by its record, and has not been heard of for ROLLOUT_UNHEARD_SECONDS: the process that ran it has gone. */
  isCutOff: boolean
  /** Since when it is asked to stop; null if nobody has. It stops once the tenants that it has begun are through. */
  stopAskedAt: Date | null
  endedAt: Date | null
  /** Of its tenants. */
  counts: StateCounts
  /** The same for each wave, in order. */
  waveCounts: StateCounts[]
}

export type StateCounts = Record<TenantMigrationStatus['state'], number>

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
    .select(sql<number>`state = 'running' AND heard_at < ${unheardSince()}`.as('is_cut_off'))
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
      isCutOff: latest.is_cut_off === 1,
      stopAskedAt: latest.stop_asked_at,
      endedAt: latest.ended_at,
      ...(await countStates(master, latest)),
    },
  }
}

async function countStates(
  master: Installation['master'],
  { id, waves }: { id: string; waves: number },
): Promise<Pick<RolloutSummary, 'counts' | 'waveCounts'>> {
  const rows = await master
    .selectFrom('tenant_migrations')
    .where('rollout_id', '=', id)
    .groupBy(['wave', 'state'])
    .select(['wave', 'state', ({ fn }) => fn.countAll<number>().as('count')])
    .execute()
  const counts = noCounts()
  const waveCounts = Array.from({ length: waves }, noCounts)
  for (const { wave, state, count } of rows) {
    counts[state] += Number(count)
    const ofWave = waveCounts[wave - 1]
    if (ofWave) ofWave[state] += Number(count)
  }
  return { counts, waveCounts }
}

function noCounts(): StateCounts {
  return { pending: 0, running: 0, done: 0, failed: 0 }
}

export interface ListTenantMigrationsInput {
  rolloutId: string
  state?: TenantMigrationStatus['state'] | undefined
  /** The key of the last one of the page before. */
  after?: string | undefined
}

/** See Database.listTenantMigrations. */
export async function listTenantMigrations(
  installation: Installation,
  { rolloutId, state, after }: ListTenantMigrationsInput,
): Promise<TenantMigrationStatus[]> {
  let query = selectMigrations(installation, rolloutId)
    .orderBy('tenant_key')
    .limit(TENANT_MIGRATIONS_LISTED_MAX)
  if (state) query = query.where('tenant_migrations.state', '=', state)
  if (after !== undefined) query = query.where('tenant_key', '>', after)
  return query.execute()
}

/** See Database.listRecentMigrations. */
export async function listRecentMigrations(
  installation: Installation,
  rolloutId: string,
): Promise<TenantMigrationStatus[]> {
  return selectMigrations(installation, rolloutId)
    .where('started_at', 'is not', null)
    .orderBy(sql`COALESCE(ended_at, started_at)`, 'desc')
    .orderBy('tenant_key')
    .limit(RECENT_MIGRATIONS_MAX)
    .execute()
}

function selectMigrations({ master }: Installation, rolloutId: string) {
  return master
    .selectFrom('tenant_migrations')
    .innerJoin('tenants', 'tenants.id', 'tenant_migrations.tenant_id')
    .where('rollout_id', '=', rolloutId)
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
}
