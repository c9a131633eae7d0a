import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { migrateOne } from './migrate-one.ts'
import { endRollout, isStopAsked, keepHeard, planRollout, recordWave } from './record.ts'
import type { MigrateTenantsOptions, MigrationReport, RolloutEvent } from './types.ts'
import { judgeWave, LIMITS_DEFAULT, planWaves, type WaveResult } from './waves.ts'

const CONCURRENCY_DEFAULT = 4

export interface Planned {
  tenant: TenantRow
  wave: number
}

/** One going over the fleet, in the hands of this process. */
export interface Rollout {
  installation: Installation
  id: string
  options: MigrateTenantsOptions
  report: MigrationReport
  tell(event: RolloutEvent): void
}

/** See Database.migrateTenants. */
export async function migrateFleet(
  installation: Installation,
  options: MigrateTenantsOptions = {},
): Promise<MigrationReport> {
  const planned = planWaves(await findBehind(installation, options.tenantKeys), options.waves ?? [1])
  const report = makeReport(installation, planned)
  if (options.dryRun === true || planned.length === 0) return report
  const rollout: Rollout = {
    installation,
    id: await planRollout(installation, planned),
    options,
    report,
    tell: (event) => {
      note(installation, event)
      options.onEvent?.(event)
    },
  }
  report.rolloutId = rollout.id
  const waves = Math.max(...planned.map(({ wave }) => wave))
  rollout.tell({ type: 'planned', rolloutId: rollout.id, tenants: planned.length, waves })
  await runWaves(rollout, planned, waves)
  await endRollout(rollout)
  rollout.tell(report.stopped === null ? { type: 'done' } : { type: 'stopped', reason: report.stopped })
  return report
}

async function runWaves(rollout: Rollout, planned: readonly Planned[], waves: number): Promise<void> {
  using _heard = keepHeard(rollout)
  for (let wave = 1; wave <= waves && rollout.report.stopped === null; wave++) {
    await runWave(
      rollout,
      planned.filter((each) => each.wave === wave),
    )
  }
}

/**
 * Also those whose last migration to this schema is recorded as failed: it may have gone through, and the tenant not have
 * answered afterwards. Archived tenants are migrated when they are restored, half-made ones when they are made.
 */
async function findBehind(
  { master, schema }: Installation,
  tenantKeys: readonly string[] | undefined,
): Promise<TenantRow[]> {
  let query = master
    .selectFrom('tenants')
    .selectAll()
    .where((where) =>
      where.or([
        where('schema_version', '<', schema.version),
        where.exists(
          where
            .selectFrom('tenant_migrations')
            .select('tenant_id')
            .whereRef('tenant_migrations.tenant_id', '=', 'tenants.id')
            .where('state', '=', 'failed')
            .where('target_version', '=', schema.version),
        ),
      ]),
    )
    .where('status', 'in', ['active', 'migrating', 'suspended'])
    .orderBy('id')
  if (tenantKeys) query = query.where('tenant_key', 'in', tenantKeys.length > 0 ? tenantKeys : [''])
  return query.execute()
}

function makeReport({ schema }: Installation, planned: readonly Planned[]): MigrationReport {
  const names = Object.keys(schema.migrations)
  return {
    rolloutId: null,
    targetVersion: schema.version,
    planned: planned.map(({ tenant, wave }) => ({
      tenantKey: tenant.tenant_key,
      fromVersion: tenant.schema_version,
      wave,
      missing: names.slice(tenant.schema_version),
    })),
    migrated: [],
    failed: [],
    elsewhere: [],
    stopped: null,
  }
}

/** Several at once; each takes the next that nobody has begun. */
async function runWave(rollout: Rollout, planned: readonly Planned[]): Promise<void> {
  const [first] = planned
  if (!first) return
  const { options, tell } = rollout
  await recordWave(rollout, first.wave)
  tell({ type: 'wave', wave: first.wave, tenants: planned.length })
  const result = { size: planned.length, failed: 0, latenciesMs: new Array<number>() }
  const queue = planned.values()
  const work = async () => {
    for (const next of queue) {
      if (await shouldStop(rollout, result)) return
      const outcome = await migrateOne(rollout, next)
      if (outcome.state === 'failed') result.failed += 1
      if (outcome.state === 'migrated') result.latenciesMs.push(outcome.latencyMs)
    }
  }
  const workers = Math.min(options.concurrency ?? CONCURRENCY_DEFAULT, planned.length)
  await Promise.all(Array.from({ length: workers }, work))
  judge(rollout, result)
}

/** Asked between two tenants: by whoever called this, or by anybody in any process through the record. */
async function shouldStop(rollout: Rollout, result: WaveResult): Promise<boolean> {
  const { report, options } = rollout
  if (options.signal?.aborted || (await isStopAsked(rollout))) report.stopped ??= 'it was asked to stop'
  judge(rollout, result)
  return report.stopped !== null
}

/** Limits are for whoever goes by waves: at a start, whatever can be brought up to date is. */
function judge({ options: { waves, limits }, report }: Rollout, result: WaveResult): void {
  if (!waves) return
  const { failedShareMax, latencyMsMax } = LIMITS_DEFAULT
  report.stopped ??=
    judgeWave(result, {
      failedShareMax: limits?.failedShareMax ?? failedShareMax,
      latencyMsMax: limits?.latencyMsMax ?? latencyMsMax,
    }) ?? null
}

function note({ log }: Installation, event: RolloutEvent): void {
  if (event.type === 'migrated') {
    log({
      level: 'info',
      message: 'tenant migrated',
      fields: { tenant: event.tenantKey, tookMs: event.tookMs },
    })
  }
  if (event.type === 'failed') {
    log({
      level: 'error',
      message: 'tenant not migrated',
      fields: { tenant: event.tenantKey, err: event.error },
    })
  }
  if (event.type === 'stopped') {
    log({ level: 'warn', message: 'the migration of the fleet stopped', fields: { reason: event.reason } })
  }
}
