import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { randomInt } from 'node:crypto'
import { hashToken } from './token.ts'

export const RECOVERY_CODES_COUNT = 10
/** Without letters and digits that are read as one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUP_LENGTH = 5
const GROUPS = 3

/** As a person writes it down: `k7mqp-x2r9d-4hwtn`, 74 random bits. */
function makeRecoveryCode(): string {
  const letter = () => LETTERS.charAt(randomInt(LETTERS.length))
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Whatever is typed between the letters, and their case, does not matter. */
export function recoveryCodeHash(userId: string, code: string): string {
  return hashToken(`${userId} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
}

/** New ones in place of the old, in the caller's transaction. They are shown once and kept nowhere. */
export async function replaceRecoveryCodes(trx: Kysely<MasterTables>, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES_COUNT }, makeRecoveryCode)
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  const rows = codes.map((code) => ({ user_id: userId, code_hash: recoveryCodeHash(userId, code) }))
  await trx.insertInto('recovery_codes').values(rows).execute()
  return codes
}
