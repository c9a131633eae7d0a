import type { Connection, RowDataPacket } from 'mysql2/promise'
import { DatabaseError } from '../errors.ts'
import { asAdmin, type Installation } from '../installation.ts'
import { dropAccount, dropDatabase } from '../server/account.ts'
import { RETRY_AFTER_MS } from '../statement-error.ts'

const LOCK_TIMEOUT_SECONDS = 2

/**
 * Says for as long as this connection lives that somebody is making the tenant; the server takes it back from a process
 * that was killed. Whoever gets it for a tenant in `provisioning` knows that nobody else is at work on it.
 */
async function takeLock(admin: Connection, database: string): Promise<boolean> {
  const [[row]] = await admin.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS taken', [
    `${database}.making`,
    LOCK_TIMEOUT_SECONDS,
  ])
  return row?.['taken'] === 1
}

/** Before anything of a tenant is made: its row must still be there once nobody else can clear it away. */
export async function claimTenant(
  admin: Connection,
  { controlPlane }: Pick<Installation, 'controlPlane'>,
  { id, tenantKey, database }: { id: string; tenantKey: string; database: string },
): Promise<void> {
  const isTaken = await takeLock(admin, database)
  const [rows] = await admin.query<RowDataPacket[]>('SELECT id FROM ??.tenants WHERE id = ?', [
    controlPlane,
    id,
  ])
  if (isTaken && rows.length === 1) return
  throw new DatabaseError('TENANT_BUSY', 'another process cleared the tenant away while it was being made', {
    tenant: tenantKey,
    retryAfterMs: RETRY_AFTER_MS,
  })
}

/** Undoes what a process that was killed while it made tenants has left; their keys are free again. */
export async function clearHalfMadeTenants(installation: Installation): Promise<void> {
  const { master, server, controlPlane, directory, log } = installation
  const rows = await master.selectFrom('tenants').selectAll().where('status', '=', 'provisioning').execute()
  for (const { id, tenant_key: tenant, account_name: account, database_name: database } of rows) {
    try {
      await asAdmin(installation, `clear tenant ${tenant}`, async (admin) => {
        if (!(await takeLock(admin, database)) || !(await isStillHalfMade(admin, controlPlane, id))) return
        await dropAccount(admin, account, server)
        await dropDatabase(admin, database)
        await admin.query('DELETE FROM ??.tenants WHERE id = ?', [controlPlane, id])
        log({
          level: 'warn',
          message: 'a tenant that was left half-made has been cleared away',
          fields: { tenant },
        })
      })
    } catch (error) {
      log({
        level: 'error',
        message: 'a half-made tenant cannot be cleared away',
        fields: { tenant, err: error },
      })
    }
    directory.forget(tenant)
  }
}

async function isStillHalfMade(admin: Connection, controlPlane: string, id: string): Promise<boolean> {
  const statement = "SELECT id FROM ??.tenants WHERE id = ? AND status = 'provisioning'"
  const [rows] = await admin.query<RowDataPacket[]>(statement, [controlPlane, id])
  return rows.length === 1
}
