import { isDuplicateKey, type MasterTables, newId } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { hashPassword } from './password.ts'
import { CreateUserInput, SetPasswordInput } from './schema.ts'

/** better-auth's name for "signs in with a password"; its account id is the user's own. */
export const PASSWORD_PROVIDER = 'credential'

/** A person who can sign in. CONFLICT, with the user's id, if the e-mail is taken. */
export async function createUser(
  master: Kysely<MasterTables>,
  input: CreateUserInput,
): Promise<{ id: string; name: string; email: string }> {
  const { name, email, password, isVerified } = CreateUserInput.parse(input)
  const passwordHash = await hashPassword(password)
  const id = newId()
  const now = new Date()
  const verified = isVerified ? 1 : 0
  const user = { id, name, email, email_verified: verified, image: null, created_at: now, updated_at: now }
  try {
    await master.transaction().execute(async (trx) => {
      await trx.insertInto('users').values(user).execute()
      await insertPassword(trx, { userId: id, passwordHash })
    })
  } catch (error) {
    if (isDuplicateKey(error)) await refuseTakenEmail(master, email)
    throw error
  }
  return { id, name, email }
}

/** The unique key decides, not a look beforehand: of two sign-ups at the same moment one is made. */
async function refuseTakenEmail(master: Kysely<MasterTables>, email: string): Promise<void> {
  const taken = await master.selectFrom('users').where('email', '=', email).select('id').executeTakeFirst()
  if (!taken) return
  throw new DomainError('CONFLICT', 'Somebody signs in with this e-mail address already.', {
    details: { userId: taken.id },
  })
}

/** Replaces the password and ends every session of the user, in one transaction. */
export async function setPassword(master: Kysely<MasterTables>, input: SetPasswordInput): Promise<void> {
  const { userId, password } = SetPasswordInput.parse(input)
  const passwordHash = await hashPassword(password)
  await master.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('users')
      .where('id', '=', userId)
      .select('id')
      .forUpdate()
      .executeTakeFirst()
    if (!user) throw new DomainError('NOT_FOUND', 'There is no such user.')
    await replacePassword(trx, { userId, passwordHash })
    await trx.deleteFrom('sessions').where('user_id', '=', userId).execute()
  })
}

/** In the caller's transaction. */
export async function replacePassword(
  trx: Kysely<MasterTables>,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<void> {
  await trx
    .deleteFrom('accounts')
    .where('user_id', '=', userId)
    .where('provider_id', '=', PASSWORD_PROVIDER)
    .execute()
  await insertPassword(trx, { userId, passwordHash })
}

async function insertPassword(
  trx: Kysely<MasterTables>,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<void> {
  const now = new Date()
  await trx
    .insertInto('accounts')
    .values({
      id: newId(),
      user_id: userId,
      account_id: userId,
      provider_id: PASSWORD_PROVIDER,
      password: passwordHash,
      access_token: null,
      refresh_token: null,
      id_token: null,
      scope: null,
      created_at: now,
      updated_at: now,
    })
    .execute()
}
