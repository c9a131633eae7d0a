import { migrate } from '../migrate.ts'
import type { Installation } from '../installation.ts'
import type { LeaseClass } from '../pool/types.ts'
import type { NewAccount } from '../server/account.ts'
import { withAdmin } from '../server/admin.ts'
import { TENANT_MIGRATIONS } from './migrations.ts'

/** Over a connection of the tenant's migrator, inside the budget as any other. @returns the schema's version. */
export async function migrateAsTenant(
  { pool, server }: Pick<Installation, 'pool' | 'server'>,
  { user, password, database }: NewAccount,
  options: { class: LeaseClass },
): Promise<number> {
  const address = { ...server, user, password }
  return pool.withPermit(
    `migrate ${database}`,
    () => withAdmin(address, (migrator) => migrate(migrator, database, TENANT_MIGRATIONS)),
    options,
  )
}
