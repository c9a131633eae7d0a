import { sql } from 'kysely'
import { asAdmin, type Installation } from '../installation.ts'
import { dropAccounts } from '../server/account.ts'

const ACCOUNTS_AT_ONCE = 50

/**
 * Drops the accounts whose time is over: those that others have replaced, and those of a rotation that was cut off. What
 * is still open with them is closed by the processes that have it; new logins are refused from here on.
 */
export async function dropRetiredAccounts(installation: Installation): Promise<void> {
  const { master, server } = installation
  const due = await master
    .selectFrom('retired_accounts')
    .select('account_name')
    .where('drop_after', '<', sql<Date>`UTC_TIMESTAMP(3)`)
    .limit(ACCOUNTS_AT_ONCE)
    .execute()
  const names = due.map(({ account_name }) => account_name)
  if (names.length === 0) return
  const unused = await withoutUsed(installation, names)
  if (unused.length > 0) {
    await asAdmin({ ...installation, class: 'background' }, 'drop retired accounts', (admin) =>
      dropAccounts(admin, unused, server),
    )
  }
  await master.deleteFrom('retired_accounts').where('account_name', 'in', names).execute()
}

/** Nothing that a tenant logs in with is ever dropped, whatever the list says. */
async function withoutUsed({ master }: Installation, names: readonly string[]): Promise<string[]> {
  const rows = await master
    .selectFrom('tenants')
    .select(['account_name', 'migrator_name'])
    .where((eb) => eb.or([eb('account_name', 'in', names), eb('migrator_name', 'in', names)]))
    .execute()
  const used = new Set(rows.flatMap(({ account_name, migrator_name }) => [account_name, migrator_name]))
  return names.filter((name) => !used.has(name))
}
