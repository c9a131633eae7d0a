import { MigrationLocked } from '../migrate.ts'
import { migrateRow } from '../tenant/migrate-tenant.ts'
import { toEntry } from '../tenant/tenant-directory.ts'
import { withTenantEntry } from '../tenant/with-tenant.ts'
import type { Planned, Rollout } from './migrate-fleet.ts'
import { recordRun } from './migration-runs.ts'
import { recordBegin, recordDone, recordElsewhere, recordFailed } from './record.ts'

/** A fleet takes its time: people come first, and a migration waits for its turn rather than fail for want of one. */
const PERMIT_TIMEOUT_MS = 10 * 60_000
const LABEL = 'tenant.migrate'

export type Outcome = { state: 'migrated'; latencyMs: number } | { state: 'failed' | 'elsewhere' }

/** One tenant to the newest schema, then a look as the tenant whether it is served. Never throws for the tenant's sake. */
export async function migrateOne(rollout: Rollout, { tenant, wave }: Planned): Promise<Outcome> {
  const { report, tell } = rollout
  const tenantKey = tenant.tenant_key
  const startedAt = performance.now()
  try {
    await recordBegin(rollout, tenant)
    tell({ type: 'migrating', tenantKey, wave })
    const latencyMs = await migrateAndProbe(rollout, tenant)
    await recordDone(rollout, tenant)
    report.migrated.push(tenantKey)
    tell({ type: 'migrated', tenantKey, wave, tookMs: Math.round(performance.now() - startedAt) })
    return { state: 'migrated', latencyMs }
  } catch (error) {
    if (error instanceof MigrationLocked) {
      await recordElsewhere(rollout, tenant)
      report.elsewhere.push(tenantKey)
      tell({ type: 'elsewhere', tenantKey, wave })
      return { state: 'elsewhere' }
    }
    await recordFailed(rollout, tenant, error)
    report.failed.push({ tenantKey, error })
    tell({ type: 'failed', tenantKey, wave, error })
    return { state: 'failed' }
  }
}

/** One run of its history: migrated and not answering is a failure of the run. */
function migrateAndProbe(rollout: Rollout, tenant: Planned['tenant']): Promise<number> {
  const { installation } = rollout
  const { id: tenantId, schema_version: fromVersion } = tenant
  const run = { tenantId, fromVersion, toVersion: installation.schema.version }
  return recordRun(installation, run, async () => {
    await migrateRow(installation, tenant, {
      class: 'migration',
      acquireTimeoutMs: PERMIT_TIMEOUT_MS,
      lockTimeoutSeconds: 0,
    })
    return probe(rollout, tenant)
  })
}

/** As a request of the tenant would: what it waits for a connection is part of what people notice. */
async function probe({ installation }: Rollout, tenant: Planned['tenant']): Promise<number> {
  const entry = toEntry(tenant, installation)
  const startedAt = performance.now()
  await withTenantEntry(installation, { entry, label: LABEL }, (db) =>
    db.selectFrom('change_counter').select('id').execute(),
  )
  return performance.now() - startedAt
}
