import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { type ReceivedImport, toImportFile } from './model.ts'
import { getImportRow } from './queries.ts'
import { findMapping } from './remember-mapping.ts'
import type { ImportIdInput } from './schema.ts'

/** Rows that are shown beside the names of the columns. */
const SAMPLE_ROWS = 3

/** A file with what its columns seem to be and its first rows. */
export async function getImport(
  db: Kysely<TenantTables>,
  { id, userId }: ImportIdInput & { userId: string },
): Promise<ReceivedImport> {
  const row = await getImportRow(db, { id, userId })
  const rows = await db
    .selectFrom('import_rows')
    .select('cells')
    .where('import_id', '=', id)
    .orderBy('position')
    .limit(SAMPLE_ROWS)
    .execute()
  const undo = await db.selectFrom('jobs').select('id').where('undo_of', '=', row.job_id).executeTakeFirst()
  return {
    ...toImportFile(row),
    undoJobId: undo?.id ?? null,
    ...(await findMapping(db, row.columns)),
    samples: rows.map(({ cells }) => cells),
  }
}
