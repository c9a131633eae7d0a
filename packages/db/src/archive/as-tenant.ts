import type { Connection } from 'mysql2/promise'
import type { Installation } from '../installation.ts'
import { withAdmin } from '../server/admin.ts'
import type { TenantEntry } from '../tenant/tenant-directory.ts'

/**
 * A connection of one's own as the tenant's account, inside the budget and behind everybody who waits for an answer. For
 * work that holds one connection for minutes, which a lease may not.
 */
export function asTenant<T>(
  { pool, server }: Pick<Installation, 'pool' | 'server'>,
  { account }: Pick<TenantEntry, 'account'>,
  { label, work }: { label: string; work: (connection: Connection) => Promise<T> },
): Promise<T> {
  const address = { ...server, user: account.user, password: account.password() }
  return pool.withPermit(
    label,
    () =>
      withAdmin(address, async (connection) => {
        await connection.query('USE ??', [account.database])
        await connection.query("SET time_zone = '+00:00'")
        return work(connection)
      }),
    { class: 'background' },
  )
}
