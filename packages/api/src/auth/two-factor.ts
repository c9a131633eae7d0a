import { Secret } from 'otpauth'
import { writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requirePassword } from './password-change.ts'
import { replaceRecoveryCodes } from './recovery-code.ts'
import type { CodeInput, PasswordInput } from './schema.ts'
import { makeTotp, takeCode } from './second-step.ts'
import type { AccountContext } from './session.ts'
import { SECOND_STEP_FAILURES_MAX } from './sign-in-limit.ts'

const SECRET_BYTES = 20

type Account = AccountContext & Pick<Context, 'auth'> & { user: { id: string; email: string } }

export interface TwoFactorStatus {
  isOn: boolean
  recoveryCodesLeft: number
}

export async function readTwoFactor({ database, user }: Account): Promise<TwoFactorStatus> {
  const row = await database.master
    .selectFrom('two_factors')
    .where('user_id', '=', user.id)
    .select('confirmed_at')
    .select((eb) =>
      eb
        .selectFrom('recovery_codes')
        .whereRef('recovery_codes.user_id', '=', 'two_factors.user_id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('codes'),
    )
    .executeTakeFirst()
  const isOn = row !== undefined && row.confirmed_at !== null
  return { isOn, recoveryCodesLeft: isOn ? (row.codes ?? 0) : 0 }
}

/**
 * A new secret for the caller's device, which nothing asks for yet: only a first code from that device turns it on.
 * Asked for again before that, the secret before is gone. CONFLICT while it is on.
 */
export async function beginTwoFactor(
  ctx: Account,
  { password }: PasswordInput,
): Promise<{ secret: string; uri: string }> {
  await requirePassword(ctx, { password })
  const { user, auth, database } = ctx
  const secret = new Secret({ size: SECRET_BYTES }).base32
  await database.master.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('two_factors')
      .where('user_id', '=', user.id)
      .where('confirmed_at', 'is', null)
      .execute()
    const isOn = await trx
      .selectFrom('two_factors')
      .where('user_id', '=', user.id)
      .select('user_id')
      .forUpdate()
      .executeTakeFirst()
    if (isOn) throw new DomainError('CONFLICT', 'Your second step is on already.')
    const row = { user_id: user.id, secret: auth.seal.seal(secret, user.id), created_at: new Date() }
    await trx.insertInto('two_factors').values(row).execute()
  })
  return { secret, uri: makeTotp(secret, user.email).toString() }
}

/** On from now: the device has shown that it knows the secret. The recovery codes are told once. */
export async function confirmTwoFactor(ctx: Account, input: CodeInput): Promise<{ recoveryCodes: string[] }> {
  await requireCode(ctx, input)
  return ctx.database.master.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('two_factors')
      .set({ confirmed_at: new Date() })
      .where('user_id', '=', ctx.user.id)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new DomainError('CONFLICT', 'Your second step is on already.')
    await writeInstallationAudit(trx, ctx, { action: 'user.two-factor-enabled', entity: ctx.user })
    return { recoveryCodes: await replaceRecoveryCodes(trx, ctx.user.id) }
  })
}

/** Off. Asks for the password: who finds a screen unlocked cannot take the second step away. */
export async function disableTwoFactor(ctx: Account, { password }: PasswordInput): Promise<TwoFactorStatus> {
  await requirePassword(ctx, { password })
  await ctx.database.master.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('two_factors')
      .where('user_id', '=', ctx.user.id)
      .executeTakeFirst()
    await trx.deleteFrom('recovery_codes').where('user_id', '=', ctx.user.id).execute()
    if (numDeletedRows === 0n) return
    await writeInstallationAudit(trx, ctx, { action: 'user.two-factor-disabled', entity: ctx.user })
  })
  return { isOn: false, recoveryCodesLeft: 0 }
}

/** Ten new codes; the old ones are worth nothing. CONFLICT while it is off. */
export async function renewRecoveryCodes(
  ctx: Account,
  { password }: PasswordInput,
): Promise<{ recoveryCodes: string[] }> {
  await requirePassword(ctx, { password })
  if (!(await readTwoFactor(ctx)).isOn) throw new DomainError('CONFLICT', 'Your second step is off.')
  return ctx.database.master.transaction().execute(async (trx) => {
    await writeInstallationAudit(trx, ctx, { action: 'user.recovery-codes-renewed', entity: ctx.user })
    return { recoveryCodes: await replaceRecoveryCodes(trx, ctx.user.id) }
  })
}

async function requireCode({ auth, database, user }: Account, { code }: CodeInput): Promise<void> {
  const attempt = await auth.limit.begin([{ key: `code ${user.id}`, failuresMax: SECOND_STEP_FAILURES_MAX }])
  const isRight = await takeCode({ master: database.master, seal: auth.seal }, { userId: user.id, code })
  if (!isRight) {
    const fields = { code: ['This code is not right. Wait for the next one.'] }
    throw new DomainError('INVALID', 'This code is not right.', { fields })
  }
  await attempt.succeeded()
}
