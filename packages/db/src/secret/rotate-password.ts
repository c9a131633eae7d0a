import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { changeControl } from '../control/change-control.ts'
import { DatabaseError } from '../errors.ts'
import { asAdmin, type Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { newPassword, planMigrator } from '../provision/plan.ts'
import { ensureAccount, grantRights, type NewAccount } from '../server/account.ts'
import { RETRY_AFTER_MS } from '../statement-error.ts'

const NAME_BYTES = 8
/** Until then a new account that nothing names is taken for one that is just being made. */
const UNFINISHED_SECONDS = 600
/**
 * The old account works for so long: longer than any process goes by what it remembers of a tenant (30 s) and any lease
 * lasts (60 s), so that nobody is ever refused.
 */
export const OLD_ACCOUNT_KEPT_SECONDS = 120

export interface PasswordRotation {
  tenantKey: string
  /** From then on the old password opens nothing. */
  oldEndsAt: Date
}

/**
 * See Database.rotateTenantPassword. An account has one password on this server, so that changing it would shut out
 * everybody who has not heard: the tenant gets another account, and the old one goes when nobody uses it any more.
 */
export async function rotateTenantPassword(
  installation: Installation,
  tenantKey: string,
): Promise<PasswordRotation> {
  const row = await readRow(installation, tenantKey)
  const next = planAccounts(installation, row)
  await noteUnfinished(installation, next)
  await asAdmin(installation, `rotate password ${tenantKey}`, async (admin) => {
    for (const account of next) {
      await ensureAccount(admin, account, installation.server)
      await grantRights(admin, account, installation.server)
    }
  })
  await switchAccounts(installation, row, next)
  return { tenantKey, oldEndsAt: new Date(Date.now() + OLD_ACCOUNT_KEPT_SECONDS * 1000) }
}

async function readRow({ master }: Installation, tenantKey: string): Promise<TenantRow> {
  const row = await master
    .selectFrom('tenants')
    .selectAll()
    .where('tenant_key', '=', tenantKey)
    .executeTakeFirst()
  if (!row) throw new DatabaseError('TENANT_UNKNOWN', 'no tenant has this key', { tenant: tenantKey })
  if (row.status === 'provisioning')
    throw new DatabaseError('TENANT_PROVISIONING', 'the tenant is still being made', { tenant: tenantKey })
  return row
}

type Accounts = readonly [account: NewAccount, migrator: NewAccount]

function planAccounts({ tenantFence }: Installation, row: TenantRow): Accounts {
  const hex = randomBytes(NAME_BYTES).toString('hex')
  const database = row.database_name
  const account = { user: `sarai_t_${hex}`, password: newPassword(), database, connectionsMax: tenantFence }
  return [account, planMigrator({ hex, database })]
}

/** Before they are made: a crash leaves no account that nothing names. */
async function noteUnfinished({ master }: Installation, accounts: Accounts): Promise<void> {
  const drop_after = sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${UNFINISHED_SECONDS} SECOND`
  const rows = accounts.map(({ user }) => ({ account_name: user, drop_after }))
  await master.insertInto('retired_accounts').values(rows).execute()
}

async function switchAccounts(
  installation: Installation,
  row: TenantRow,
  [account, migrator]: Accounts,
): Promise<void> {
  const { keyring } = installation
  const { id: tenantId, tenant_key: tenantKey, status } = row
  await changeControl(installation, async (trx, announce) => {
    const { numUpdatedRows } = await trx
      .updateTable('tenants')
      .set({
        account_name: account.user,
        account_secret: keyring.seal(account.password, tenantId),
        migrator_name: migrator.user,
        migrator_secret: keyring.seal(migrator.password, tenantId),
        account_version: row.account_version + 1,
        updated_at: new Date(),
      })
      .where('id', '=', tenantId)
      .where('account_version', '=', row.account_version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw anotherWasFirst(tenantKey)
    await trx
      .deleteFrom('retired_accounts')
      .where('account_name', 'in', [account.user, migrator.user])
      .execute()
    const drop_after = sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${OLD_ACCOUNT_KEPT_SECONDS} SECOND`
    const old = [row.account_name, row.migrator_name].filter((name) => name !== null)
    await trx
      .insertInto('retired_accounts')
      .values(old.map((account_name) => ({ account_name, drop_after })))
      .execute()
    announce({ kind: 'tenant.changed', tenantId, tenantKey, status })
  })
}

function anotherWasFirst(tenant: string): DatabaseError {
  const message = 'the password of the tenant was changed by somebody else at the same moment'
  return new DatabaseError('TENANT_BUSY', message, { tenant, retryAfterMs: RETRY_AFTER_MS })
}
