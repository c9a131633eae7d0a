import type { Database, MasterTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { createUser, setPassword } from '../auth/user.ts'
import { DomainError } from '../errors.ts'
import { containsText } from '../like.ts'
import { type CreatePersonInput, type ListUsersInput, USER_LIST_LIMIT_DEFAULT } from './schema.ts'

const INITIAL_PASSWORD_BYTES = 15

type Master = Kysely<MasterTables>

/** A person of the installation, as operators see them: never a password, nor a session. */
export interface ListedUser {
  userId: string
  name: string
  email: string
  isOperator: boolean
  /** The second step is on. */
  hasTwoFactor: boolean
  /** Devices they are signed in with now. */
  sessionCount: number
  /** How many workspaces they are a member of. */
  tenantCount: number
  createdAt: string
}

/** A password that is said once and kept nowhere. */
export interface NewPassword {
  userId: string
  email: string
  initialPassword: string
}

/** Everybody, by e-mail. One statement, on the control plane alone. */
export async function listUsers(
  master: Master,
  input: ListUsersInput = {},
): Promise<{ items: ListedUser[]; nextCursor: string | null }> {
  const limit = input.limit ?? USER_LIST_LIMIT_DEFAULT
  let query = master
    .selectFrom('users')
    .leftJoin('operators', 'operators.user_id', 'users.id')
    .leftJoin('two_factors', (join) =>
      join.onRef('two_factors.user_id', '=', 'users.id').on('two_factors.confirmed_at', 'is not', null),
    )
    .select(['users.id', 'users.name', 'users.email', 'users.created_at', 'operators.user_id as operator_id'])
    .select('two_factors.user_id as two_factor_id')
    .select(
      sql<number>`(SELECT COUNT(*) FROM sessions WHERE sessions.user_id = users.id AND sessions.expires_at > ${new Date()})`.as(
        'session_count',
      ),
    )
    .select(
      sql<number>`(SELECT COUNT(*) FROM memberships WHERE memberships.user_id = users.id)`.as('tenant_count'),
    )
    .orderBy('users.email')
    .limit(limit + 1)
  if (input.operatorsAlone) query = query.where('operators.user_id', 'is not', null)
  if (input.cursor) query = query.where('users.email', '>', input.cursor)
  if (input.search) query = query.where(containsText(['users.name', 'users.email'], input.search))
  const rows = await query.execute()
  const items = rows.slice(0, limit).map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    isOperator: row.operator_id !== null,
    hasTwoFactor: row.two_factor_id !== null,
    sessionCount: Number(row.session_count),
    tenantCount: Number(row.tenant_count),
    createdAt: row.created_at.toISOString(),
  }))
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.email ?? null) : null }
}

/** @throws DomainError CONFLICT if somebody signs in with this e-mail already */
export async function createPerson(master: Master, { email, name }: CreatePersonInput): Promise<NewPassword> {
  const initialPassword = makePassword()
  const user = await createUser(master, { email, name, password: initialPassword })
  return { userId: user.id, email: user.email, initialPassword }
}

/** A new password instead of theirs; every session of theirs is over, in every process within a second. */
export async function resetPassword(database: Database, { email }: { email: string }): Promise<NewPassword> {
  const user = await getUser(database.master, email)
  const initialPassword = makePassword()
  await setPassword(database.master, { userId: user.id, password: initialPassword })
  await database.changeControl(async (_trx, announce) =>
    announce({ kind: 'person.changed', userId: user.id }),
  )
  return { userId: user.id, email: user.email, initialPassword }
}

/**
 * Gives or takes the right to run the installation. Twice is the same as once.
 *
 * @throws DomainError CONFLICT for the last one: nobody could give it back
 */
export async function setOperator(
  database: Database,
  { email, isOperator }: { email: string; isOperator: boolean },
): Promise<{ userId: string; email: string; isOperator: boolean }> {
  const user = await getUser(database.master, email)
  await database.changeControl(async (trx, announce) => {
    const operators = await trx.selectFrom('operators').select('user_id').forUpdate().execute()
    const isOne = operators.some(({ user_id: userId }) => userId === user.id)
    if (isOne === isOperator) return
    if (isOperator) {
      await trx.insertInto('operators').values({ user_id: user.id, created_at: new Date() }).execute()
    } else {
      if (operators.length === 1) throw lastOperator()
      await trx.deleteFrom('operators').where('user_id', '=', user.id).execute()
    }
    announce({ kind: 'person.changed', userId: user.id })
  })
  return { userId: user.id, email: user.email, isOperator }
}

/** Signs somebody out everywhere, in every process within a second. Says how many sessions there were. */
export async function endSessions(
  database: Database,
  { email }: { email: string },
): Promise<{ userId: string; email: string; sessions: number }> {
  const user = await getUser(database.master, email)
  return database.changeControl(async (trx, announce) => {
    const { numDeletedRows } = await trx
      .deleteFrom('sessions')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow()
    announce({ kind: 'person.changed', userId: user.id })
    return { userId: user.id, email: user.email, sessions: Number(numDeletedRows) }
  })
}

/**
 * For who has lost their device and every recovery code: their password alone lets them in again. Sessions stay.
 *
 * @throws DomainError CONFLICT if it is off
 */
export async function switchTwoFactorOff(
  { master }: Pick<Database, 'master'>,
  { email }: { email: string },
): Promise<{ userId: string; email: string }> {
  const user = await getUser(master, email)
  await master.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('two_factors')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) throw new DomainError('CONFLICT', 'Their second step is off already.')
    await trx.deleteFrom('recovery_codes').where('user_id', '=', user.id).execute()
  })
  return { userId: user.id, email: user.email }
}

async function getUser(master: Master, email: string): Promise<{ id: string; email: string }> {
  const user = await master
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
  if (!user) throw new DomainError('NOT_FOUND', 'Nobody signs in with this e-mail address.')
  return user
}

function lastOperator(): DomainError {
  return new DomainError('CONFLICT', 'This is the last operator. Make somebody else one first.')
}

function makePassword(): string {
  return randomBytes(INITIAL_PASSWORD_BYTES).toString('base64url')
}
