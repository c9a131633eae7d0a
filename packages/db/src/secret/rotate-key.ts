import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { isDuplicateKey } from '../statement-error.ts'
import { learnKeys } from './keys.ts'

const ROWS_AT_ONCE = 200
/** A row that changes under us is taken up again by the next pass. */
const PASSES_MAX = 3

export interface KeyRotation {
  /** Of the key that everything is sealed under now. */
  version: number
  /** Tenants whose secrets were sealed again. */
  resealed: number
  /** Keys of tenants whose secrets cannot be opened, and stay as they are. */
  unreadable: string[]
}

/**
 * See Database.rotateSecretKey. Cut off anywhere, it is called again: what is sealed under an older key opens as long
 * as that is kept, and it is kept while anything is.
 */
export async function rotateSecretKey(installation: Installation): Promise<KeyRotation> {
  const { master, keyring } = installation
  await learnKeys(master, keyring)
  await addKey(installation)
  const rotation: KeyRotation = { version: keyring.version, resealed: 0, unreadable: [] }
  for (let pass = 1; pass <= PASSES_MAX; pass++) await resealAll(installation, rotation)
  await forgetOldKeys(installation)
  return rotation
}

/** If two processes rotate at once, one key is made and both seal under it. */
async function addKey({ master, keyring }: Installation): Promise<void> {
  const key = keyring.makeKey()
  try {
    const row = { version: key.version, wrapped_key: key.wrapped, created_at: new Date() }
    await master.insertInto('secret_keys').values(row).execute()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
  await learnKeys(master, keyring)
}

async function resealAll(installation: Installation, rotation: KeyRotation): Promise<void> {
  const { master } = installation
  rotation.unreadable = []
  let afterId = ''
  for (;;) {
    const rows = await master
      .selectFrom('tenants')
      .selectAll()
      .where('id', '>', afterId)
      .where('account_secret', 'not like', `v${rotation.version}.%`)
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute()
    for (const row of rows) await reseal(installation, row, rotation)
    const last = rows.at(-1)
    if (!last) return
    afterId = last.id
  }
}

/** Only what is still as it was read: a password that is changed at the same moment is not put back. */
async function reseal(
  { master, keyring }: Installation,
  row: TenantRow,
  rotation: KeyRotation,
): Promise<void> {
  try {
    const again = (sealed: string) => keyring.seal(keyring.unseal(sealed, row.id), row.id)
    const { numUpdatedRows } = await master
      .updateTable('tenants')
      .set({
        account_secret: again(row.account_secret),
        migrator_secret: row.migrator_secret === null ? null : again(row.migrator_secret),
      })
      .where('id', '=', row.id)
      .where('account_secret', '=', row.account_secret)
      .executeTakeFirst()
    rotation.resealed += Number(numUpdatedRows)
  } catch {
    rotation.unreadable.push(row.tenant_key)
  }
}

/** A process that has not heard of the new key may still seal under the one before: that stays until the next time. */
async function forgetOldKeys({ master, keyring }: Installation): Promise<void> {
  const { rows } = await sql<{ prefix: string }>`
    SELECT DISTINCT SUBSTRING_INDEX(account_secret, '.', 1) AS prefix FROM tenants
    UNION SELECT DISTINCT SUBSTRING_INDEX(migrator_secret, '.', 1) FROM tenants
      WHERE migrator_secret IS NOT NULL`.execute(master)
  const versions = rows.map(({ prefix }) => Number(prefix.slice(1)))
  await master
    .deleteFrom('secret_keys')
    .where('version', '<', Math.min(keyring.version - 1, ...versions))
    .execute()
}
