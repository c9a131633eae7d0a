import { changeControl } from '../control/change-control.ts'
import type { TenantRecord } from '../database.ts'
import { asAdmin, type Installation } from '../installation.ts'
import type { TenantRow, TenantStatus } from '../master/tables.ts'
import { dropAccounts, dropDatabase } from '../server/account.ts'
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
    await migrateRow(installation, await readRow(installation, record.id), { class: 'migration' })
  }
  await writeStatus(installation, record, status)
  if (status !== 'active') await installation.pool.evict(account.id)
  return (await installation.directory.get(tenantKey)).record
}

/** See Database.dropTenant. Closed first, row last: cut off anywhere, it can be called again. */
export async function dropTenant(installation: Installation, tenantKey: string): Promise<void> {
  const { account, record } = await refresh(installation, tenantKey)
  await writeStatus(installation, record, 'archived')
  await installation.pool.evict(account.id)
  const row = await readRow(installation, record.id)
  await asAdmin(installation, `drop tenant ${tenantKey}`, async (admin) => {
    await dropAccounts(admin, [account.user, row.migrator_name], installation.server)
    await dropDatabase(admin, account.database)
  })
  await changeControl(installation, async (trx, announce) => {
    await trx.deleteFrom('tenants').where('id', '=', record.id).execute()
    announce({ kind: 'tenant.changed', tenantId: record.id, tenantKey, status: 'deleted' })
  })
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
  await changeControl(installation, async (trx, announce) => {
    await trx.updateTable('tenants').set({ status, updated_at: new Date() }).where('id', '=', id).execute()
    announce({ kind: 'tenant.changed', tenantId: id, tenantKey, status })
  })
}

/** What is about to be changed is read afresh: another process may have changed it since. */
async function refresh({ directory }: Installation, tenantKey: string): Promise<TenantEntry> {
  directory.forget(tenantKey)
  return directory.get(tenantKey)
}
