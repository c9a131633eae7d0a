import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'

/** First in every transaction that gives or takes roles: they wait for each other, then see what was committed. */
export async function lockRoles(trx: Transaction<TenantTables>): Promise<void> {
  await trx.selectFrom('roles').select('id').orderBy('id').forUpdate().execute()
}
