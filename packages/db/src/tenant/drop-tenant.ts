import type { Connection, RowDataPacket } from 'mysql2/promise'
import { setTimeout as sleep } from 'node:timers/promises'
import { changeControl } from '../control/change-control.ts'
import { DatabaseError } from '../errors.ts'
import { asAdmin, type Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { dropAccounts, dropDatabase } from '../server/account.ts'
import { RETRY_AFTER_MS } from '../statement-error.ts'

/** How long the server may take to end what other processes still run as the tenant. */
const THREADS_GONE_TIMEOUT_MS = 15_000
const THREADS_POLL_MS = 20

/**
 * See Database.dropTenant. The account first, so that nobody comes in any more; then whoever is still in; then the data;
 * the row, which holds every name, last of all. Cut off anywhere, it can be called again.
 */
export async function dropTenant(installation: Installation, tenantKey: string): Promise<void> {
  installation.directory.forget(tenantKey)
  const { record } = await installation.directory.get(tenantKey)
  const row = await beginDeletion(installation, record.id)
  if (!row) throw new DatabaseError('TENANT_UNKNOWN', 'no tenant has this key', { tenant: tenantKey })
  await finishDeletion(installation, row)
}

/** Closes it for good. Undefined if it has gone, or if `mayBegin` no longer holds. */
export async function beginDeletion(
  installation: Installation,
  id: string,
  mayBegin: (row: TenantRow) => boolean = () => true,
): Promise<TenantRow | undefined> {
  return changeControl(installation, async (trx, announce) => {
    const row = await trx
      .selectFrom('tenants')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row || (row.deleting_at === null && !mayBegin(row))) return undefined
    const now = new Date()
    const times = {
      archived_at: row.archived_at ?? now,
      deleting_at: row.deleting_at ?? now,
      updated_at: now,
    }
    await trx
      .updateTable('tenants')
      .set({ status: 'archived', ...times })
      .where('id', '=', id)
      .execute()
    announce({ kind: 'tenant.changed', tenantId: id, tenantKey: row.tenant_key, status: 'archived' })
    return row
  })
}

/** After beginDeletion, by whichever process and however often. */
export async function finishDeletion(installation: Installation, row: TenantRow): Promise<void> {
  const { id, tenant_key: tenantKey, database_name: database } = row
  const accounts = [row.account_name, row.migrator_name]
  await asAdmin(installation, `drop accounts of ${tenantKey}`, (admin) =>
    dropAccounts(admin, accounts, installation.server),
  )
  await installation.pool.evict(id)
  await asAdmin(installation, `drop tenant ${tenantKey}`, async (admin) => {
    await endThreads(admin, { tenantKey, database, accounts })
    await dropDatabase(admin, database)
  })
  await changeControl(installation, async (trx, announce) => {
    await trx.deleteFrom('tenants').where('id', '=', id).execute()
    await trx
      .insertInto('tenant_remains')
      .ignore()
      .values({ tenant_id: id, deleted_at: new Date() })
      .execute()
    announce({ kind: 'tenant.changed', tenantId: id, tenantKey, status: 'deleted' })
  })
}

/** What other processes hold: they have been told, and what they have not closed is ended here. */
async function endThreads(
  admin: Connection,
  { tenantKey, ...whose }: { tenantKey: string; database: string; accounts: (string | null)[] },
): Promise<void> {
  const end = performance.now() + THREADS_GONE_TIMEOUT_MS
  for (;;) {
    const threads = await listThreads(admin, whose)
    if (threads.length === 0) return
    if (performance.now() > end) {
      throw new DatabaseError(
        'SERVER_UNAVAILABLE',
        `the server has not let go of ${threads.length} connections`,
        {
          tenant: tenantKey,
          retryAfterMs: RETRY_AFTER_MS,
        },
      )
    }
    // One that has just left is no failure.
    for (const thread of threads) await admin.query(`KILL ${thread}`).catch(() => undefined)
    await sleep(THREADS_POLL_MS)
  }
}

/** Also of an account that another has replaced a moment ago: what counts is the database. */
async function listThreads(
  admin: Connection,
  { database, accounts }: { database: string; accounts: (string | null)[] },
): Promise<number[]> {
  const [rows] = await admin.query<RowDataPacket[]>(
    'SELECT id AS id FROM information_schema.processlist WHERE db = ? OR user IN (?)',
    [database, accounts.filter((name) => name !== null)],
  )
  return rows.map((row) => Number(row['id']))
}
