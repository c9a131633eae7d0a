import {
  CAREFUL_WAVES,
  type Database,
  type MigrateTenantsOptions,
  type MigrationRun,
  type PlannedMigration,
  TENANT_MIGRATIONS_LISTED_MAX,
  type TenantMigrationStatus,
} from '@sarai/db'
import { writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Acting } from './audited.ts'
import type { ListMigrationsInput, RolloutInput } from './migration-schema.ts'
import type { TenantKeyInput } from './schema.ts'

/** Who begins what goes on in the background, where only a log hears of what becomes of it. */
type Beginning = Acting & Pick<Context, 'log'>

/** As many as a person reads before they begin. */
const PLANNED_LISTED_MAX = 50

const WAVES: Record<RolloutInput['pace'], readonly number[] | undefined> = {
  careful: CAREFUL_WAVES,
  'at-once': undefined,
}

export interface RolloutPlan {
  targetVersion: number
  /** All that would be migrated, and how many in each wave. */
  tenants: number
  waves: number[]
  /** The first of them, in the order in which they would be begun. */
  first: PlannedMigration[]
}

/** What a rollout would do; does nothing. */
export async function planRollout(database: Database, { pace }: RolloutInput): Promise<RolloutPlan> {
  const { planned, targetVersion } = await database.migrateTenants({ dryRun: true, waves: WAVES[pace] })
  const waves: number[] = []
  for (const { wave } of planned) waves[wave - 1] = (waves[wave - 1] ?? 0) + 1
  return {
    targetVersion,
    tenants: planned.length,
    // A small fleet may leave a wave empty.
    waves: Array.from(waves, (tenants) => tenants ?? 0),
    first: planned.slice(0, PLANNED_LISTED_MAX),
  }
}

/**
 * Begins to migrate what is behind, in this process and in the background; see operator.migration.status.
 *
 * @throws DomainError CONFLICT, with `reason` in its details: `running`, or `nothing-behind`
 */
export async function startRollout(ctx: Beginning, { pace }: RolloutInput): Promise<{ rolloutId: string }> {
  await requireNoneRunning(ctx.database)
  const rolloutId = await begin(ctx, { waves: WAVES[pace] })
  await audit(ctx, { action: 'rollout.started', rolloutId, after: { pace } })
  return { rolloutId }
}

/**
 * Takes up again the tenants that failed in the newest rollout.
 *
 * @throws DomainError CONFLICT as startRollout
 */
export async function retryFailed(ctx: Beginning): Promise<{ rolloutId: string }> {
  await requireNoneRunning(ctx.database)
  const { latest } = await ctx.database.rolloutStatus()
  const tenantKeys = latest ? await listFailedKeys(ctx.database, latest.id) : []
  const rolloutId = await begin(ctx, { tenantKeys })
  await audit(ctx, { action: 'rollout.started', rolloutId, after: { retries: tenantKeys.length } })
  return { rolloutId }
}

/**
 * Asks the rollouts that run, in whichever process, to begin no further tenant.
 *
 * @throws DomainError CONFLICT, with `reason: 'none-running'` in its details
 */
async function stopRollouts(database: Pick<Database, 'stopRollouts'>): Promise<{ rolloutIds: string[] }> {
  const rolloutIds = await database.stopRollouts()
  if (rolloutIds.length > 0) return { rolloutIds }
  throw new DomainError('CONFLICT', 'No migration is running. There is nothing to stop.', {
    details: { reason: 'none-running' },
  })
}

/** The same, written down for each of them. */
export async function stopRolloutsAudited(ctx: Acting): Promise<{ rolloutIds: string[] }> {
  const { rolloutIds } = await stopRollouts(ctx.database)
  for (const rolloutId of rolloutIds) await audit(ctx, { action: 'rollout.stopped', rolloutId })
  return { rolloutIds }
}

/** Tenants of the newest rollout, by key. */
export async function listMigrations(
  database: Database,
  { state, cursor }: NonNullable<ListMigrationsInput> = {},
): Promise<{ items: TenantMigrationStatus[]; nextCursor: string | null }> {
  const { latest } = await database.rolloutStatus()
  if (!latest) return { items: [], nextCursor: null }
  const items = await database.listTenantMigrations({
    rolloutId: latest.id,
    state,
    after: cursor ?? undefined,
  })
  const isFull = items.length === TENANT_MIGRATIONS_LISTED_MAX
  return { items, nextCursor: isFull ? (items.at(-1)?.tenantKey ?? null) : null }
}

/**
 * Every time that somebody set out to bring a tenant to another schema, the newest first, with the newest there is.
 *
 * @throws DatabaseError TENANT_UNKNOWN
 */
export async function listHistory(
  database: Database,
  { tenantKey }: TenantKeyInput,
): Promise<{ schemaVersion: number; newestVersion: number; runs: MigrationRun[] }> {
  const { schemaVersion } = await database.getTenant(tenantKey)
  return {
    schemaVersion,
    newestVersion: database.schemaVersion,
    runs: await database.listMigrationRuns(tenantKey),
  }
}

/** How far the fleet is, and what the newest rollout did last. */
export async function getRolloutStatus(database: Database) {
  const status = await database.rolloutStatus()
  const recent = status.latest ? await database.listRecentMigrations(status.latest.id) : []
  return { ...status, recent }
}

async function requireNoneRunning(database: Database): Promise<void> {
  const { latest } = await database.rolloutStatus()
  if (latest?.state !== 'running' || latest.isCutOff) return
  throw new DomainError('CONFLICT', 'Tenants are being migrated already. Wait for the end or stop it.', {
    details: { reason: 'running' },
  })
}

/** Resolves when it is planned and recorded; it goes on in the background, until it is through or the process stops. */
async function begin({ database, log }: Beginning, options: MigrateTenantsOptions): Promise<string> {
  const planned = Promise.withResolvers<string>()
  const rollout = database.migrateTenants({
    ...options,
    onEvent: (event) => {
      if (event.type === 'planned') planned.resolve(event.rolloutId)
    },
  })
  // Nobody waits for it any more once it has begun.
  rollout.catch((error: unknown) => log.error({ err: error }, 'a migration of the fleet was not finished'))
  const ended = rollout.then((): never => {
    throw nothingBehind()
  })
  return Promise.race([planned.promise, ended])
}

function nothingBehind(): DomainError {
  return new DomainError('CONFLICT', 'None of these tenants is behind. There is nothing to migrate.', {
    details: { reason: 'nothing-behind' },
  })
}

async function listFailedKeys(database: Database, rolloutId: string): Promise<string[]> {
  const keys: string[] = []
  for (let after: string | undefined, isFull = true; isFull; after = keys.at(-1)) {
    const page = await database.listTenantMigrations({ rolloutId, state: 'failed', after })
    keys.push(...page.map(({ tenantKey }) => tenantKey))
    isFull = page.length === TENANT_MIGRATIONS_LISTED_MAX
  }
  return keys
}

interface RolloutAct {
  action: 'rollout.started' | 'rollout.stopped'
  rolloutId: string
  after?: Readonly<Record<string, unknown>>
}

async function audit(ctx: Acting, { action, rolloutId, after }: RolloutAct): Promise<void> {
  const { targetVersion } = await ctx.database.rolloutStatus()
  const entity = { id: rolloutId, name: `schema ${targetVersion}` }
  await writeInstallationAudit(ctx.database.master, ctx, { action, entity, ...(after && { after }) })
}
