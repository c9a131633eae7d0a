import type { Database } from '@sarai/db'
import type { FileStore } from './file-store.ts'

interface Sweep {
  database: Pick<Database, 'master'>
  store: FileStore
}

/**
 * Removes the files of tenants that have been deleted, by whatever process. A tenant is forgotten only after its files
 * have gone, so that a store that cannot be reached is asked again. Says how many tenants it was.
 */
export async function sweepTenantFiles({ database: { master }, store }: Sweep): Promise<number> {
  const remains = await master.selectFrom('tenant_remains').select('tenant_id').execute()
  for (const { tenant_id } of remains) {
    await store.removeAllOf(tenant_id)
    await master.deleteFrom('tenant_remains').where('tenant_id', '=', tenant_id).execute()
  }
  return remains.length
}
