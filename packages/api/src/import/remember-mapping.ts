import { createHash } from 'node:crypto'
import { foldWords, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { listFields } from '../customer/field-settings.ts'
import type { ReceivedImport } from './model.ts'
import { IMPORT_MAPPINGS_MAX, ImportMapping } from './schema.ts'
import { suggestMapping } from './suggest-mapping.ts'

/** Files with the same columns in the same order have the same. Hex. */
export function hashColumns(columns: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map(foldWords)))
    .digest('hex')
}

/** For the next file with these columns, whoever sends it. The oldest beyond IMPORT_MAPPINGS_MAX are forgotten. */
export async function saveMapping(
  trx: Transaction<TenantTables>,
  { headerHash, mapping }: { headerHash: string; mapping: ImportMapping },
): Promise<void> {
  const row = { header_hash: headerHash, mapping: JSON.stringify(mapping), saved_at: new Date() }
  await trx.replaceInto('import_mappings').values(row).execute()
  const oldest = await trx
    .selectFrom('import_mappings')
    .select('header_hash')
    .orderBy('saved_at', 'desc')
    .limit(IMPORT_MAPPINGS_MAX)
    .offset(IMPORT_MAPPINGS_MAX)
    .execute()
  const hashes = oldest.map(({ header_hash }) => header_hash)
  if (hashes.length > 0) await trx.deleteFrom('import_mappings').where('header_hash', 'in', hashes).execute()
}

/** As it was chosen the last time, without fields that are gone; else by the names of the columns. */
export async function findMapping(
  db: Kysely<TenantTables>,
  columns: readonly string[],
): Promise<Pick<ReceivedImport, 'suggested' | 'isRemembered'>> {
  const { items } = await listFields(db)
  const saved = await db
    .selectFrom('import_mappings')
    .select('mapping')
    .where('header_hash', '=', hashColumns(columns))
    .executeTakeFirst()
  const remembered = ImportMapping.safeParse(saved?.mapping).data
  if (!remembered) return { suggested: suggestMapping(columns, items), isRemembered: false }
  const living = new Set(items.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id))
  const fields = remembered.fields?.filter(({ fieldId }) => living.has(fieldId))
  return { suggested: { ...remembered, ...(fields && { fields }) }, isRemembered: true }
}
