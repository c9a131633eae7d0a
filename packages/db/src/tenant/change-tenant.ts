import { changeControl } from '../control/change-control.ts'
import type { MigrationReport, TenantRecord } from '../database.ts'
import { asAdmin, type Installation } from '../installation.ts'
import type { TenantRow, TenantStatus } from '../master/tables.ts'
import { planMigrator, readMigrator } from '../provision/plan.ts'
import { dropAccounts, dropDatabase, ensureAccount, grantRights, type NewAccount } from '../server/account.ts'
import { migrateAsTenant } from './migrate-tenant.ts'
import { TENANT_SCHEMA_VERSION } from './migrations.ts'
import type { TenantEntry } from './tenant-directory.ts'

/** See Database.setTenantStatus. */
export async function setTenantStatus(
  installation: Installation,
  tenantKey: string,
  status: 'active' | 'suspended' | 'archived',
): Promise<TenantRecord> {
  const { account, record } = await refresh(installation, tenantKey)
  const isBehind = record.schemaVersion < TENANT_SCHEMA_VERSION
  if (status === 'active' && isBehind) await migrateTenant(installation, record)
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

/**
 * See Database.migrateTenants. Archived tenants are migrated when they are restored. One that a crash left
 * `migrating` is taken up again; suspended ones stay suspended.
 */
export async function migrateTenants(installation: Installation): Promise<MigrationReport> {
  const report: MigrationReport = { migrated: [], failed: [] }
  const behind = await installation.master
    .selectFrom('tenants')
    .selectAll()
    .where((where) =>
      where.or([where('schema_version', '<', TENANT_SCHEMA_VERSION), where('status', '=', 'migrating')]),
    )
    .where('status', 'in', ['active', 'migrating', 'suspended'])
    .orderBy('id')
    .execute()
  for (const row of behind) await migrateOne(installation, row, report)
  return report
}

async function migrateOne(
  installation: Installation,
  row: TenantRow,
  report: MigrationReport,
): Promise<void> {
  const { tenant_key: tenantKey } = row
  const tenant = { id: row.id, tenantKey }
  try {
    if (row.status === 'active') {
      await writeStatus(installation, tenant, 'migrating')
      await installation.pool.evict(row.id)
    }
    await migrateTenant(installation, tenant)
    await reopen(installation, tenant)
    report.migrated.push(tenantKey)
    installation.log({ level: 'info', message: 'tenant migrated', fields: { tenant: tenantKey } })
  } catch (error) {
    report.failed.push({ tenantKey, error })
    installation.log({
      level: 'error',
      message: 'tenant not migrated',
      fields: { tenant: tenantKey, err: error },
    })
  }
}

async function migrateTenant(
  installation: Installation,
  { id, tenantKey }: { id: string; tenantKey: string },
): Promise<void> {
  const migrator = await getMigrator(installation, id)
  const schemaVersion = await migrateAsTenant(installation, migrator, { class: 'migration' })
  await installation.master
    .updateTable('tenants')
    .set({ schema_version: schemaVersion, updated_at: new Date() })
    .where('id', '=', id)
    .execute()
  installation.directory.forget(tenantKey)
}

/** Made now for a tenant from before there were any. The row first: what it names may be missing, never unknown. */
async function getMigrator(installation: Installation, id: string): Promise<NewAccount> {
  const { master, keyring, server } = installation
  const row = await readRow(installation, id)
  const known = readMigrator(row, keyring)
  if (known) return known
  const migrator = planMigrator({ hex: id.replaceAll('-', '').slice(16), database: row.database_name })
  await master
    .updateTable('tenants')
    .set({ migrator_name: migrator.user, migrator_secret: keyring.seal(migrator.password, id) })
    .where('id', '=', id)
    .execute()
  await asAdmin({ ...installation, class: 'migration' }, `migrator of ${row.tenant_key}`, async (admin) => {
    await ensureAccount(admin, migrator, server)
    await grantRights(admin, migrator, server)
  })
  return migrator
}

async function readRow({ master }: Installation, id: string): Promise<TenantRow> {
  return master.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Whoever suspended or archived the tenant meanwhile keeps the last word. */
async function reopen(
  installation: Installation,
  { id, tenantKey }: { id: string; tenantKey: string },
): Promise<void> {
  await changeControl(installation, async (trx, announce) => {
    const { numUpdatedRows } = await trx
      .updateTable('tenants')
      .set({ status: 'active', updated_at: new Date() })
      .where('id', '=', id)
      .where('status', '=', 'migrating')
      .executeTakeFirst()
    if (numUpdatedRows > 0n) announce({ kind: 'tenant.changed', tenantId: id, tenantKey, status: 'active' })
  })
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
