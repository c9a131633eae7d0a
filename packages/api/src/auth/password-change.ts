import type { Kysely } from 'kysely'
import type { MasterTables } from '@sarai/db'
import { writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { writeResetMail } from '../mail/mail-text.ts'
import { checkPassword } from './check-password.ts'
import { hashPassword } from './password.ts'
import type { ChangePasswordInput, RequestResetInput, ResetPasswordInput } from './schema.ts'
import { type AccountContext, deleteOtherSessions } from './session.ts'
import {
  LINK_FAILURES_OF_ADDRESS_MAX,
  PASSWORD_CHECK_FAILURES_MAX,
  RESETS_OF_ACCOUNT_MAX,
  RESETS_OF_ADDRESS_MAX,
} from './sign-in-limit.ts'
import { hashToken, makeToken } from './token.ts'
import { replacePassword } from './user.ts'

const MINUTE_MS = 60_000
/** A link to a new password works for so long. */
export const RESET_MAX_AGE_MINUTES = 30

type Account = AccountContext & Pick<Context, 'auth'> & { user: { id: string; email: string } }

/** Another password for the caller; every other session of theirs ends. */
export async function changePassword(ctx: Account, input: ChangePasswordInput): Promise<{ ok: true }> {
  await requirePassword(ctx, { password: input.current, field: 'current' })
  const passwordHash = await hashPassword(input.password)
  await ctx.database.changeControl(async (trx, announce) => {
    announce({ kind: 'person.changed', userId: ctx.user.id })
    await replacePassword(trx, { userId: ctx.user.id, passwordHash })
    await trx.deleteFrom('password_resets').where('user_id', '=', ctx.user.id).execute()
    await deleteOtherSessions(trx, ctx)
    await writeInstallationAudit(trx, ctx, { action: 'user.password-changed', entity: ctx.user })
  })
  return { ok: true }
}

/** A session alone may be somebody else at an unlocked screen. INVALID beside the field for a wrong password. */
export async function requirePassword(
  ctx: Account,
  { password, field = 'password' }: { password: string; field?: 'password' | 'current' },
): Promise<void> {
  const { user, auth, database } = ctx
  const rule = { key: `password ${user.id}`, failuresMax: PASSWORD_CHECK_FAILURES_MAX }
  const attempt = await auth.limit.begin([rule])
  const checked = await checkPassword(database.master, { email: user.email, password })
  if (!checked) {
    const fields = { [field]: ['This is not your password.'] }
    throw new DomainError('INVALID', 'This is not your password.', { fields })
  }
  await attempt.succeeded()
}

type Asked = Pick<Context, 'auth' | 'database' | 'mail' | 'baseUrl' | 'client' | 'log'>

/**
 * Sends a link to whoever has an account with this address. The answer is the same, and as fast, for an address that
 * nobody has: what differs happens after it. `isMailed: false`: this installation has no mail server.
 */
export async function requestReset(
  ctx: Asked,
  { email, locale }: RequestResetInput,
): Promise<{ isMailed: boolean }> {
  await ctx.auth.limit.begin([
    { key: `reset ${email}`, failuresMax: RESETS_OF_ACCOUNT_MAX },
    { key: `reset from ${ctx.client.address}`, failuresMax: RESETS_OF_ADDRESS_MAX },
  ])
  void sendReset(ctx, { email, locale }).catch((err: unknown) => {
    ctx.log.error({ err, path: 'auth.password.requestReset' }, 'a link to a new password could not be made')
  })
  return { isMailed: ctx.mail !== null }
}

async function sendReset(
  { database, mail, baseUrl }: Asked,
  { email, locale }: RequestResetInput,
): Promise<void> {
  if (!mail) return
  const user = await database.master
    .selectFrom('users')
    .where('email', '=', email)
    .select(['id', 'email'])
    .executeTakeFirst()
  if (!user) return
  const link = await makeResetLink(database.master, { userId: user.id, baseUrl })
  await mail.send(user.email, writeResetMail({ locale, link, minutes: RESET_MAX_AGE_MINUTES }))
}

/** A link that sets the password of a person once. Whoever has it is that person: hand it to nobody else. */
export async function makeResetLink(
  master: Kysely<MasterTables>,
  { userId, baseUrl }: { userId: string; baseUrl: string },
): Promise<string> {
  const token = makeToken()
  const now = Date.now()
  await master
    .insertInto('password_resets')
    .values({
      token_hash: hashToken(token),
      user_id: userId,
      created_at: new Date(now),
      expires_at: new Date(now + RESET_MAX_AGE_MINUTES * MINUTE_MS),
    })
    .execute()
  // Behind the #, which browsers send to nobody: no log and no proxy sees it.
  return `${baseUrl}/sign-in/reset-password#${token}`
}

type Resetting = Pick<Context, 'auth' | 'database' | 'client' | 'requestId'>

/** Sets the password, ends every session and every other link. The second step stays. NOT_FOUND for a link that is none. */
export async function resetPassword(ctx: Resetting, input: ResetPasswordInput): Promise<{ email: string }> {
  const attempt = await ctx.auth.limit.begin([linkRule(ctx)])
  const passwordHash = await hashPassword(input.password)
  const user = await ctx.database.changeControl(async (trx, announce) => {
    const found = await trx
      .selectFrom('password_resets')
      .innerJoin('users', 'users.id', 'password_resets.user_id')
      .where('token_hash', '=', hashToken(input.token))
      .where('expires_at', '>', new Date())
      .select(['users.id', 'users.name', 'users.email'])
      .forUpdate()
      .executeTakeFirst()
    if (!found)
      throw new DomainError('NOT_FOUND', 'This link has been used or is too old. Ask for a new one.')
    announce({ kind: 'person.changed', userId: found.id })
    await trx.deleteFrom('password_resets').where('user_id', '=', found.id).execute()
    await replacePassword(trx, { userId: found.id, passwordHash })
    await trx.deleteFrom('sessions').where('user_id', '=', found.id).execute()
    await writeInstallationAudit(
      trx,
      { ...ctx, user: found },
      { action: 'user.password-reset', entity: found },
    )
    return found
  })
  await attempt.succeeded()
  return { email: user.email }
}

/** Tries of links that are none, from one address. */
export function linkRule({ client }: Pick<Context, 'client'>) {
  return { key: `link ${client.address}`, failuresMax: LINK_FAILURES_OF_ADDRESS_MAX }
}
