import { changeControl } from '../control/change-control.ts'
import { asAdmin, type Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { migrate } from '../migrate.ts'
import type { PermitOptions } from '../pool/types.ts'
import { readMigrator, readPlan } from '../provision/plan.ts'
import { learnKeyOf } from '../secret/keys.ts'
import { ensureAccount, grantRights, type NewAccount } from '../server/account.ts'
import { withAdmin } from '../server/admin.ts'
import { floorOf } from './migrations.ts'

export interface MigrateOptions extends Pick<PermitOptions, 'class' | 'acquireTimeoutMs'> {
  /** For a process that is migrating the same tenant. Default 60. */
  lockTimeoutSeconds?: number | undefined
}

/**
 * One tenant to the newest schema, which other processes hear of, over a connection of its own migrator, inside the budget as any other.
 *
 * @throws MigrationLocked if another process is at it for longer than `lockTimeoutSeconds`.
 */
export async function migrateRow(
  installation: Installation,
  row: TenantRow,
  { lockTimeoutSeconds, ...options }: MigrateOptions,
): Promise<void> {
  const { pool, server, schema } = installation
  const { user, password, database } = await getMigrator(installation, row)
  const { migrations } = schema
  const version = await pool.withPermit(
    `migrate ${row.tenant_key}`,
    () =>
      withAdmin({ ...server, user, password }, (migrator) =>
        migrate(migrator, database, { migrations, lockTimeoutSeconds }),
      ),
    options,
  )
  const isOurs = version === schema.version
  const columns = { schema_version: version, ...(isOurs && { schema_floor: floorOf(schema) }) }
  const { id: tenantId, tenant_key: tenantKey, status } = row
  await changeControl(installation, async (trx, announce) => {
    await trx
      .updateTable('tenants')
      .set({ ...columns, updated_at: new Date() })
      .where('id', '=', tenantId)
      .execute()
    // Of one that is being made nobody else knows anything yet.
    if (status !== 'provisioning') announce({ kind: 'tenant.changed', tenantId, tenantKey, status })
  })
}

/**
 * Made now for a tenant from before there were any, whose own account gets its fence too. The row first: what it names
 * may be missing, never unknown.
 */
async function getMigrator(installation: Installation, row: TenantRow): Promise<NewAccount> {
  const { master, keyring, server, tenantFence } = installation
  if (row.migrator_secret !== null) await learnKeyOf(master, keyring, row.migrator_secret)
  const known = readMigrator(row, keyring)
  if (known) return known
  const { id, tenant_key: tenantKey } = row
  await learnKeyOf(master, keyring, row.account_secret)
  const { account, migrator } = readPlan(row, keyring, tenantFence)
  await master
    .updateTable('tenants')
    .set({ migrator_name: migrator.user, migrator_secret: keyring.seal(migrator.password, id) })
    .where('id', '=', id)
    .execute()
  await asAdmin({ ...installation, class: 'migration' }, `migrator of ${tenantKey}`, async (admin) => {
    await ensureAccount(admin, account, server)
    await ensureAccount(admin, migrator, server)
    await grantRights(admin, migrator, server)
  })
  return migrator
}
