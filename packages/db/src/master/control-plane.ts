import type { Kysely } from 'kysely'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { masterOn } from '../fleet/heartbeat-login.ts'
import { newId } from '../id.ts'
import { migrate } from '../migrate.ts'
import type { Account } from '../pool/types.ts'
import { createAccount, createDatabase } from '../server/account.ts'
import type { ServerAddress } from '../server/address.ts'
import { learnKeys } from '../secret/keys.ts'
import { MASTER_MIGRATIONS } from './migrations.ts'
import type { Keyring } from './secret.ts'
import type { MasterTables } from './tables.ts'

/** With `_app` the account's name stays within the 32 characters that every server takes. */
export const CONTROL_PLANE_NAME_PATTERN = /^[a-z][a-z0-9_]{0,27}$/

/** @throws TypeError for a name that is no database name of ours. */
export function planControlPlane(name: string, keyring: Keyring): Account {
  if (!CONTROL_PLANE_NAME_PATTERN.test(name)) {
    throw new TypeError(`the control plane's name matches ${CONTROL_PLANE_NAME_PATTERN.source}`)
  }
  return {
    id: 'master',
    label: 'control plane',
    user: `${name}_app`,
    database: name,
    isShared: true,
    password: () => keyring.masterPassword,
  }
}

/** Database, newest schema, and an account that may read and write its rows; on an existing one, what is missing. */
export async function prepareControlPlane(
  admin: Connection,
  account: Account,
  { server, keyring }: { server: ServerAddress; keyring: Keyring },
): Promise<void> {
  await createDatabase(admin, account.database)
  await migrate(admin, account.database, { migrations: MASTER_MIGRATIONS })
  await checkSecret(admin, keyring)
  await createAccount(admin, { ...account, password: account.password() }, server)
}

/** Before anything is changed: with another secret every tenant would be unreachable. */
async function checkSecret(admin: Connection, keyring: Keyring): Promise<void> {
  const [[row]] = await admin.query<RowDataPacket[]>(
    'SELECT id, account_secret FROM tenants ORDER BY id LIMIT 1',
  )
  try {
    await learnKeys(masterOn(admin), keyring)
    if (row) keyring.unseal(String(row['account_secret']), String(row['id']))
  } catch (cause) {
    throw new TypeError('the application secret is not the one that this installation was made with', {
      cause,
    })
  }
}

/** There is one server for now: where it is reached may change, which tenants are on it does not. */
export async function registerServer(
  master: Kysely<MasterTables>,
  { host, port }: ServerAddress,
): Promise<string> {
  const known = await master.selectFrom('servers').selectAll().orderBy('id').limit(1).executeTakeFirst()
  if (known) {
    const hasMoved = known.host !== host || known.port !== port
    if (hasMoved) await master.updateTable('servers').set({ host, port }).where('id', '=', known.id).execute()
    return known.id
  }
  const id = newId()
  await master.insertInto('servers').ignore().values({ id, host, port, created_at: new Date() }).execute()
  // Of two processes that start at once, both take the row that came first.
  const row = await master.selectFrom('servers').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  return row.id
}
