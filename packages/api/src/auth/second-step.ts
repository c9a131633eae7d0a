import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { recoveryCodeHash } from './recovery-code.ts'
import type { Seal } from './seal.ts'
import type { CheckedUser } from './check-password.ts'
import { hashToken, makeToken } from './token.ts'

const PERIOD_S = 30
/** Steps before and after that count as well: clocks of phones are wrong. */
const STEPS_EITHER_SIDE = 1
/** For finding the phone. */
export const CHALLENGE_MAX_AGE_MS = 10 * 60_000

export interface SecondStepParts {
  master: Kysely<MasterTables>
  seal: Seal
  now?: () => number
}

export function makeTotp(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: 'Sarai',
    label: email,
    secret: Secret.fromBase32(secret),
    period: PERIOD_S,
    digits: 6,
    algorithm: 'SHA1',
  })
}

/** What the browser holds between the password and the code. */
export async function openChallenge(
  master: Kysely<MasterTables>,
  { id }: Pick<CheckedUser, 'id'>,
): Promise<string> {
  const token = makeToken()
  const now = Date.now()
  await master
    .insertInto('sign_in_challenges')
    .values({
      token_hash: hashToken(token),
      user_id: id,
      created_at: new Date(now),
      expires_at: new Date(now + CHALLENGE_MAX_AGE_MS),
    })
    .execute()
  return token
}

/** Whose password was right a moment ago. */
export function findChallenged(master: Kysely<MasterTables>, challenge: string) {
  return master
    .selectFrom('sign_in_challenges')
    .innerJoin('users', 'users.id', 'sign_in_challenges.user_id')
    .where('token_hash', '=', hashToken(challenge))
    .where('expires_at', '>', new Date())
    .select(['users.id', 'users.name', 'users.email'])
    .executeTakeFirst()
}

/** True for one caller only. */
export async function closeChallenge(master: Kysely<MasterTables>, challenge: string): Promise<boolean> {
  const { numDeletedRows } = await master
    .deleteFrom('sign_in_challenges')
    .where('token_hash', '=', hashToken(challenge))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Whether this is a code of the person's device, or one of their recovery codes. Each is right once. */
export async function takeCode(
  parts: SecondStepParts,
  { userId, code }: { userId: string; code: string },
): Promise<boolean> {
  const digits = code.replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits)
    ? takeTotp(parts, { userId, digits })
    : takeRecoveryCode(parts.master, userId, code)
}

/**
 * The step of an accepted code is written down in the statement that checks that it is later than the last one:
 * of two requests with the same code, even at the same moment, one is refused.
 */
async function takeTotp(
  { master, seal, now = Date.now }: SecondStepParts,
  { userId, digits }: { userId: string; digits: string },
): Promise<boolean> {
  const row = await master
    .selectFrom('two_factors')
    .where('user_id', '=', userId)
    .select('secret')
    .executeTakeFirst()
  if (!row) return false
  const timestamp = now()
  const totp = makeTotp(seal.unseal(row.secret, userId), '')
  const delta = totp.validate({ token: digits, timestamp, window: STEPS_EITHER_SIDE })
  if (delta === null) return false
  const step = Math.floor(timestamp / 1000 / PERIOD_S) + delta
  const { numUpdatedRows } = await master
    .updateTable('two_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function takeRecoveryCode(
  master: Kysely<MasterTables>,
  userId: string,
  code: string,
): Promise<boolean> {
  const { numDeletedRows } = await master
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', recoveryCodeHash(userId, code))
    .executeTakeFirst()
  return numDeletedRows > 0n
}
