import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { toEntry } from './tenant-directory.ts'
import { withTenantEntry } from './with-tenant.ts'

/** Figures that are younger are not taken again, whichever process has taken them. */
export const FIGURES_FRESH_MINUTES = 15
/** Of one call: what is left over is the oldest for the next. */
export const MEASURED_AT_ONCE_MAX = 200

export interface MeasureReport {
  measured: number
  /** They keep the figures that they had. */
  failed: { tenantKey: string; error: unknown }[]
}

/** See Database.measureTenants. */
export async function measureTenants(
  installation: Installation,
  tenantKeys?: readonly string[],
): Promise<MeasureReport> {
  const report: MeasureReport = { measured: 0, failed: [] }
  for (const row of await findStale(installation, tenantKeys)) {
    await measure(installation, row).then(
      () => (report.measured += 1),
      (error: unknown) => report.failed.push({ tenantKey: row.tenant_key, error }),
    )
  }
  return report
}

async function findStale(
  { master }: Installation,
  tenantKeys: readonly string[] | undefined,
): Promise<TenantRow[]> {
  const fresh = sql<Date>`UTC_TIMESTAMP(3) - INTERVAL ${FIGURES_FRESH_MINUTES} MINUTE`
  const query = master
    .selectFrom('tenants')
    .leftJoin('tenant_figures', 'tenant_figures.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('status', '!=', 'provisioning')
    .where('deleting_at', 'is', null)
    .orderBy('measured_at')
    .limit(MEASURED_AT_ONCE_MAX)
  if (tenantKeys) return query.where('tenant_key', 'in', [...tenantKeys, '']).execute()
  return query.where((eb) => eb.or([eb('measured_at', 'is', null), eb('measured_at', '<', fresh)])).execute()
}

/** As the tenant itself, behind everybody who waits for an answer; also for one that is closed. */
async function measure(installation: Installation, row: TenantRow): Promise<void> {
  const entry = toEntry(row, installation)
  const figures = await withTenantEntry(
    installation,
    { entry, label: 'tenant.measure', class: 'background' },
    async (db) => {
      const { rows: sizes } = await sql<{ bytes: string | null }>`
        SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables
        WHERE table_schema = DATABASE()`.execute(db)
      const { rows: changes } = await sql<{ last_day: string; written_at: Date | null }>`
        SELECT MAX(created_at) AS written_at,
          COUNT(IF(created_at > UTC_TIMESTAMP(3) - INTERVAL 1 DAY, 1, NULL)) AS last_day
        FROM changes`.execute(db)
      return {
        size_bytes: Number(sizes[0]?.bytes ?? 0),
        changes_last_day: Number(changes[0]?.last_day ?? 0),
        written_at: changes[0]?.written_at ?? null,
      }
    },
  )
  await installation.master
    .insertInto('tenant_figures')
    .values({ tenant_id: row.id, ...figures, measured_at: new Date() })
    .onDuplicateKeyUpdate({
      size_bytes: figures.size_bytes,
      changes_last_day: figures.changes_last_day,
      // Changes are kept for some days alone: that there are none says nothing of before.
      written_at: sql`COALESCE(${figures.written_at}, written_at)`,
      measured_at: new Date(),
    })
    .execute()
}
