import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { hashPassword, verifyPassword } from './password.ts'
import { PASSWORD_PROVIDER } from './user.ts'

export interface CheckedUser {
  id: string
  name: string
  email: string
  /** A code is asked for before there is a session. */
  hasSecondStep: boolean
}

/** Compared with when there is no account, so that its answer takes as long. */
const NOBODY = hashPassword('nobody has this password')

/** Who signs in so; undefined, after the same work, for a wrong password and for an address without an account. */
export async function checkPassword(
  master: Kysely<MasterTables>,
  { email, password }: { email: string; password: string },
): Promise<CheckedUser | undefined> {
  const row = await master
    .selectFrom('users')
    .innerJoin('accounts', 'accounts.user_id', 'users.id')
    .leftJoin('two_factors', 'two_factors.user_id', 'users.id')
    .where('users.email', '=', email)
    .where('accounts.provider_id', '=', PASSWORD_PROVIDER)
    .select(['users.id', 'users.name', 'users.email', 'accounts.password', 'two_factors.confirmed_at'])
    .executeTakeFirst()
  const isRight = await verifyPassword({ hash: row?.password ?? (await NOBODY), password })
  if (!row || !isRight) return undefined
  return { id: row.id, name: row.name, email: row.email, hasSecondStep: row.confirmed_at !== null }
}
