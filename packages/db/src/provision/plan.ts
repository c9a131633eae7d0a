import { randomBytes } from 'node:crypto'
import type { Keyring } from '../master/secret.ts'
import type { TenantRow } from '../master/tables.ts'
import { newId } from '../id.ts'
import type { NewAccount } from '../server/account.ts'

const PASSWORD_BYTES = 24
/** One migrates; the second is for the moment in which the server has not yet let go of one that was cut off. */
const MIGRATOR_CONNECTIONS_MAX = 2

/** What a tenant is made of on the server. Names come from a generated id, never from what somebody typed. */
export interface TenantPlan {
  id: string
  database: string
  account: NewAccount
  migrator: NewAccount
}

export function planTenant(connectionsMax: number): TenantPlan {
  const id = newId()
  const hex = id.replaceAll('-', '')
  const database = `sarai_t_${hex}`
  // The random half of the id: 32 characters are the most that every server takes.
  const account = { user: `sarai_t_${hex.slice(16)}`, password: newPassword(), database, connectionsMax }
  return { id, database, account, migrator: planMigrator({ hex: hex.slice(16), database }) }
}

export function planMigrator({ hex, database }: { hex: string; database: string }): NewAccount {
  return {
    user: `sarai_m_${hex}`,
    password: newPassword(),
    database,
    rights: 'schema',
    connectionsMax: MIGRATOR_CONNECTIONS_MAX,
  }
}

export function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url')
}

/** As its row remembers it. */
export function readPlan(row: TenantRow, keyring: Keyring, connectionsMax: number): TenantPlan {
  const { id, database_name: database } = row
  const password = keyring.unseal(row.account_secret, id)
  return {
    id,
    database,
    account: { user: row.account_name, password, database, connectionsMax },
    migrator: readMigrator(row, keyring) ?? planMigrator({ hex: id.replaceAll('-', '').slice(16), database }),
  }
}

/** Undefined for a tenant from before there were any. */
export function readMigrator(row: TenantRow, keyring: Keyring): NewAccount | undefined {
  const { id, database_name: database, migrator_name: user, migrator_secret: secret } = row
  if (user === null || secret === null) return undefined
  const password = keyring.unseal(secret, id)
  return { user, password, database, rights: 'schema', connectionsMax: MIGRATOR_CONNECTIONS_MAX }
}

/** The columns of its row that say where it is and how to log in there. */
export function sealPlan({ id, database, account, migrator }: TenantPlan, keyring: Keyring) {
  return {
    id,
    database_name: database,
    account_name: account.user,
    account_secret: keyring.seal(account.password, id),
    migrator_name: migrator.user,
    migrator_secret: keyring.seal(migrator.password, id),
  }
}
