import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { beginDeletion, finishDeletion } from './drop-tenant.ts'

/** What a sweep has deleted for good. */
export interface SweepReport {
  deleted: string[]
  /** Tried again by the next sweep. */
  failed: { tenantKey: string; error: unknown }[]
}

/** How long an archived tenant can be restored. */
export const TENANT_GRACE_DAYS = 30
const DAY_MS = 86_400_000

/** When an archived tenant is deleted for good. */
export function endOfGrace(archivedAt: Date): Date {
  return new Date(archivedAt.getTime() + TENANT_GRACE_DAYS * DAY_MS)
}

/** See Database.sweepTenants. */
export async function sweepTenants(installation: Installation, now: Date): Promise<SweepReport> {
  const report: SweepReport = { deleted: [], failed: [] }
  const isOver = (row: TenantRow) =>
    row.status === 'archived' && row.archived_at !== null && endOfGrace(row.archived_at) <= now
  for (const { id, tenant_key: tenantKey } of await listDue(installation, now)) {
    try {
      // Asked again under the row's lock: somebody may be restoring it.
      const row = await beginDeletion(installation, id, isOver)
      if (!row) continue
      await finishDeletion(installation, row)
      report.deleted.push(tenantKey)
      installation.log({ level: 'info', message: 'tenant deleted for good', fields: { tenant: tenantKey } })
    } catch (error) {
      report.failed.push({ tenantKey, error })
      const fields = { tenant: tenantKey, err: error }
      installation.log({ level: 'error', message: 'tenant not deleted', fields })
    }
  }
  return report
}

async function listDue({ master }: Installation, now: Date): Promise<Pick<TenantRow, 'id' | 'tenant_key'>[]> {
  const archivedBefore = new Date(now.getTime() - TENANT_GRACE_DAYS * DAY_MS)
  return master
    .selectFrom('tenants')
    .select(['id', 'tenant_key'])
    .where('status', '=', 'archived')
    .where((where) =>
      where.or([where('deleting_at', 'is not', null), where('archived_at', '<=', archivedBefore)]),
    )
    .orderBy('archived_at')
    .execute()
}
