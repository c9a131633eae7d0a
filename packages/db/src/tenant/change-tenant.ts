import { changeControl } from '../control/change-control.ts'
import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { TenantRow, TenantStatus } from '../master/tables.ts'
import { recordRun } from '../rollout/migration-runs.ts'
import { migrateRow } from './migrate-tenant.ts'
import type { TenantEntry } from './tenant-directory.ts'

/** See Database.setTenantStatus. */
export async function setTenantStatus(
  installation: Installation,
  tenantKey: string,
  status: 'active' | 'suspended' | 'archived',
): Promise<TenantRecord> {
  const { account, record } = await refresh(installation, tenantKey)
  const isBehind = record.schemaVersion < installation.schema.version
  if (status === 'active' && isBehind) {
    const row = await readRow(installation, record.id)
    const run = { tenantId: row.id, fromVersion: row.schema_version, toVersion: installation.schema.version }
    await recordRun(installation, run, () => migrateRow(installation, row, { class: 'migration' }))
  }
  await writeStatus(installation, record, status)
  if (status !== 'active') await installation.pool.evict(account.id)
  return (await installation.directory.get(tenantKey)).record
}

async function readRow({ master }: Installation, id: string): Promise<TenantRow> {
  return master.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Every process hears of it within a second; this one has, when it resolves. */
async function writeStatus(
  installation: Installation,
  { id, tenantKey }: { id: string; tenantKey: string },
  status: TenantStatus,
): Promise<void> {
  const now = new Date()
  await changeControl(installation, async (trx, announce) => {
    const { numUpdatedRows } = await trx
      .updateTable('tenants')
      .set({ status, archived_at: status === 'archived' ? now : null, updated_at: now })
      .where('id', '=', id)
      .where('deleting_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new DatabaseError('TENANT_UNKNOWN', 'the tenant is being deleted for good', { tenant: tenantKey })
    }
    announce({ kind: 'tenant.changed', tenantId: id, tenantKey, status })
  })
}

/** What is about to be changed is read afresh: another process may have changed it since. */
async function refresh({ directory }: Installation, tenantKey: string): Promise<TenantEntry> {
  directory.forget(tenantKey)
  return directory.get(tenantKey)
}
