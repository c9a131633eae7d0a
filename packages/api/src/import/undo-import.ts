import { type CustomerRow, indexCustomers, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { writeAudit } from '../audit/write-audit.ts'
import { saveFieldValues } from '../customer/field-values.ts'
import { recordCustomerEvent } from '../customer/record-customer-event.ts'
import { listOwnerChange } from '../customer/owner.ts'
import { isFoundBy, listChanges } from '../customer/save-customer.ts'
import { defineJobKind, type JobChunk } from '../job/job-kind.ts'
import { IMPORT_CHUNK_ROWS, ImportJobInput, UNDO_KIND } from './import-job.ts'
import type { ImportUndoResult } from './model.ts'
import type { UndoDetails } from './settled-row.ts'
import { isReachTaken } from '../customer/duplicate.ts'

type Trx = Transaction<TenantTables>

const NONE: ImportUndoResult = { removed: 0, restored: 0, kept: 0 }
const Position = z.object({
  beforeRow: z.int(),
  counts: z.object({ removed: z.int(), restored: z.int(), kept: z.int() }),
})
type Chunk = JobChunk<ImportJobInput, z.infer<typeof Position>>

/** Why a customer stays as the import left them. */
export type KeptReason = 'changed-since' | 'in-use' | 'taken-since'

interface Item {
  position: number
  entity_id: string
  outcome: 'created' | 'updated'
  details: UndoDetails
}

interface Undone {
  item: Item
  outcome: 'removed' | 'restored' | 'refused'
  reason: KeptReason | null
  /** As which the customer is left; another row of the same customer is taken back from there. */
  version: number
}

/**
 * Takes an import back from its last row to its first: who was made is deleted, who was changed gets back what they had.
 * Whoever has been changed by somebody since, or is in use, is left as they are.
 */
export const UNDO_IMPORT = defineJobKind({
  kind: UNDO_KIND,
  input: ImportJobInput,
  position: Position,
  permission: () => 'customer:import',
  async step(chunk) {
    const { trx, jobId, position } = chunk
    const items = await listItems(chunk)
    const undone = await takeBack(chunk, items)
    if (undone.length > 0)
      await trx
        .insertInto('job_items')
        .values(undone.map((each) => toItem(jobId, each)))
        .execute()
    const counts = { ...NONE, ...position?.counts }
    for (const { outcome } of undone) counts[outcome === 'refused' ? 'kept' : outcome]++
    return {
      position: { beforeRow: items.at(-1)?.position ?? 0, counts },
      done: undone.length,
      refused: undone.filter(({ outcome }) => outcome === 'refused').length,
      ...(position === null && { total: await countItems(chunk) }),
      isLast: items.length < IMPORT_CHUNK_ROWS,
    }
  },
  async finish({ trx, audit, input, position, record, jobId }) {
    const counts = { ...NONE, ...position?.counts }
    const count = counts.removed + counts.restored
    await writeAudit(trx, audit, { action: 'customer.import-undone', after: { name: input.fileName, count } })
    if (count > 0) record({ kind: 'customer.configured', entityId: jobId })
    return counts
  },
})

async function listItems({ trx, undoOf, position }: Chunk): Promise<Item[]> {
  let query = trx
    .selectFrom('job_items')
    .select(['position', 'entity_id', 'outcome', 'details'])
    .where('job_id', '=', undoOf)
    .where('outcome', 'in', ['created', 'updated'])
    .orderBy('position', 'desc')
    .limit(IMPORT_CHUNK_ROWS)
  if (position) query = query.where('position', '<', position.beforeRow)
  return (await query.execute()) as Item[]
}

async function countItems({ trx, undoOf }: Chunk): Promise<number> {
  const { count } = await trx
    .selectFrom('job_items')
    .where('job_id', '=', undoOf)
    .where('outcome', 'in', ['created', 'updated'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function takeBack(chunk: Chunk, items: readonly Item[]): Promise<Undone[]> {
  const { trx } = chunk
  const ids = [...new Set(items.map(({ entity_id }) => entity_id))].toSorted()
  if (ids.length === 0) return []
  const rows = await trx.selectFrom('customers').selectAll().where('id', 'in', ids).forUpdate().execute()
  const customers = new Map(rows.map((row) => [row.id, row]))
  const versions = await findVersions(chunk, ids)
  const inUse = await findInUse(trx, ids)
  const undone: Undone[] = []
  for (const item of items) {
    const row = customers.get(item.entity_id)
    const expected = versions.get(item.entity_id) ?? item.details.version
    const done = await takeBackOne(chunk, { item, row, expected, isInUse: inUse.has(item.entity_id) })
    undone.push(done)
    if (done.outcome === 'refused') continue
    versions.set(item.entity_id, done.version)
    if (row) customers.set(row.id, { ...row, ...valuesOf(item), version: done.version })
  }
  await removeAll(trx, undone)
  return undone
}

/** As which this undo has left customers whose later rows it has taken back already. */
async function findVersions({ trx, jobId }: Chunk, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('job_items')
    .select(['entity_id', 'details'])
    .where('job_id', '=', jobId)
    .where('entity_id', 'in', ids)
    .where('outcome', '=', 'restored')
    .orderBy('position', 'desc')
    .execute()
  return new Map(rows.map(({ entity_id, details }) => [entity_id ?? '', (details as UndoDetails).version]))
}

/** Customers with conversations or notes, or into whom another was merged: deleting them would take those along. */
async function findInUse(trx: Trx, ids: readonly string[]): Promise<Set<string>> {
  const found = [
    await trx
      .selectFrom('conversations')
      .select('customer_id as id')
      .where('customer_id', 'in', ids)
      .execute(),
    await trx
      .selectFrom('customer_notes')
      .select('customer_id as id')
      .where('customer_id', 'in', ids)
      .execute(),
    await trx
      .selectFrom('customer_merges')
      .select('survivor_id as id')
      .where('survivor_id', 'in', ids)
      .execute(),
    await trx.selectFrom('customers').select('merged_into as id').where('merged_into', 'in', ids).execute(),
  ]
  return new Set(found.flat().flatMap(({ id }) => id ?? []))
}

interface OneItem {
  item: Item
  row: CustomerRow | undefined
  expected: number
  isInUse: boolean
}

async function takeBackOne(chunk: Chunk, { item, row, expected, isInUse }: OneItem): Promise<Undone> {
  const keep = (reason: KeptReason): Undone => ({ item, outcome: 'refused', reason, version: expected })
  if (!row || row.version !== expected || row.archived_at !== null) return keep('changed-since')
  if (item.outcome === 'created')
    return isInUse ? keep('in-use') : { item, outcome: 'removed', reason: null, version: expected }
  try {
    return { item, outcome: 'restored', reason: null, version: await restore(chunk, item, row) }
  } catch (error) {
    // Their phone or e-mail of before is somebody else's by now.
    if (!isReachTaken(error)) throw error
    return keep('taken-since')
  }
}

/** The details that a row has changed, as they were. A customer always had a name. */
function valuesOf({ details: { before = {} } }: Item) {
  const { name, ...others } = before
  return { ...others, ...(typeof name === 'string' && { name }) }
}

async function restore({ trx, audit }: Chunk, item: Item, row: CustomerRow): Promise<number> {
  const { fieldsBefore = {} } = item.details
  const set = valuesOf(item)
  const version = row.version + 1
  await trx
    .updateTable('customers')
    .set({ ...set, version, updated_at: new Date() })
    .where('id', '=', row.id)
    .execute()
  const own = await saveFieldValues(trx, {
    customerId: row.id,
    given: await withoutGone(trx, fieldsBefore),
    isNew: false,
  })
  if (isFoundBy(set)) await indexCustomers(trx, [row.id])
  const owner = await listOwnerChange(trx, { from: row.owner_id, to: set.owner_id })
  const changes = [...listChanges(row, set), ...owner, ...own]
  await recordCustomerEvent(trx, {
    customerId: row.id,
    actorId: audit.user.id,
    event: { kind: 'edited', changes },
  })
  return version
}

/** Fields that were archived since keep what they have, and one that is required now cannot be emptied. */
async function withoutGone(trx: Trx, values: NonNullable<UndoDetails['fieldsBefore']>) {
  const ids = Object.keys(values)
  if (ids.length === 0) return {}
  const fields = await trx
    .selectFrom('customer_fields')
    .select(['id', 'required'])
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .execute()
  const kept = fields.filter(({ id, required }) => required === 0 || values[id] !== null)
  return Object.fromEntries(kept.map(({ id }) => [id, values[id] ?? null]))
}

async function removeAll(trx: Trx, undone: readonly Undone[]): Promise<void> {
  const ids = undone.filter(({ outcome }) => outcome === 'removed').map(({ item }) => item.entity_id)
  if (ids.length > 0) await trx.deleteFrom('customers').where('id', 'in', ids).execute()
}

function toItem(jobId: string, { item, outcome, reason, version }: Undone) {
  return {
    job_id: jobId,
    position: item.position,
    entity_id: item.entity_id,
    outcome,
    reason,
    details: JSON.stringify({ version }),
  }
}
