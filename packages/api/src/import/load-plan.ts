import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { getCountry } from '../customer/queries.ts'
import { DomainError } from '../errors.ts'
import { type Candidate, readRow, type ReadingPlan } from './read-row.ts'
import type { PlanImportInput } from './schema.ts'

type Db = Kysely<TenantTables>

/** What is read afresh for each chunk: fields and country may be changed while an import goes on. */
export async function loadPlan(
  db: Db,
  { mapping, dateOrder = 'day-first' }: Pick<PlanImportInput, 'mapping' | 'dateOrder'>,
): Promise<ReadingPlan> {
  const fields = await db.selectFrom('customer_fields').selectAll().where('archived_at', 'is', null).execute()
  const members = await db
    .selectFrom('members')
    .select(['user_id', 'name', 'email'])
    .where('removed_at', 'is', null)
    .execute()
  return { mapping, dateOrder, fields, members, country: await getCountry(db) }
}

interface Place {
  importId: string
  afterRow: number
  limit: number
}

/** The next rows of a file, as customers. */
export async function readCandidates(
  db: Db,
  { importId, afterRow, limit }: Place,
  plan: ReadingPlan,
): Promise<Candidate[]> {
  const rows = await db
    .selectFrom('import_rows')
    .select(['position', 'cells'])
    .where('import_id', '=', importId)
    .where('position', '>', afterRow)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(({ position, cells }) => readRow({ rowNumber: position, cells }, plan))
}

/** NOT_FOUND for a field that is not there, INVALID for a column that the file does not have. */
export async function checkMapping(
  db: Db,
  mapping: PlanImportInput['mapping'],
  columns: readonly string[],
): Promise<void> {
  const { name, fields = [], ...details } = mapping
  const { fields: known } = await loadPlan(db, { mapping })
  if (fields.some(({ fieldId }) => !known.some(({ id }) => id === fieldId)))
    throw new DomainError('NOT_FOUND', 'This field does not exist any more. Load the page again.')
  const used = [...name, ...Object.values(details), ...fields.map(({ column }) => column)]
  if (used.some((column) => (column ?? 0) >= columns.length)) {
    throw new DomainError('INVALID', `This file has ${columns.length} columns.`, {
      fields: { mapping: [`Choose one of the ${columns.length} columns.`] },
    })
  }
}
