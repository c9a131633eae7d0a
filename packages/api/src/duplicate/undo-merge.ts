import { type CustomerRow, indexCustomers, type TenantTables } from '@sarai/db'
import { type Transaction, sql } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { explainDuplicate } from '../customer/duplicate.ts'
import { getCustomer } from '../customer/queries.ts'
import { recordCustomerEvents } from '../customer/record-customer-event.ts'
import { announceCustomer } from '../customer/save-customer.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { columnOf } from './choose-values.ts'
import { lockCustomers } from './lock-for-merge.ts'
import { moveConversationsBack, writeFields } from './merge-parts.ts'
import { MergeRecord } from './merge-record.ts'
import type { UndoneMerge } from './model.ts'
import { MERGED_DETAILS, type UndoMergeInput } from './schema.ts'

type Trx = Transaction<TenantTables>
type Reachable = Pick<CustomerRow, 'email' | 'phone'>

/**
 * Makes several customers again of the one that a merge made: whoever was merged is as they were, the survivor gets back
 * what they had. What happened since stays: a value that somebody has changed after the merge (`kept` names it), tags,
 * notes and conversations that came later, which are the survivor's. Twice is the same as once. CONFLICT if the survivor
 * is part of another by now, and with `{ id, field }` if somebody has taken an e-mail or a phone.
 */
export async function undoMerge(ctx: ScopedContext, { mergeId }: UndoMergeInput): Promise<UndoneMerge> {
  const reachable: Partial<Reachable>[] = []
  try {
    return await transact(ctx, async (trx, record) => {
      reachable.length = 0
      const merge = await lockMerge(trx, mergeId)
      const written = MergeRecord.parse(merge.details)
      const ids = written.merged.map(({ id }) => id)
      const rows = await lockCustomers(trx, [merge.survivor_id, ...ids])
      const survivor = rows.find(({ id }) => id === merge.survivor_id)
      if (!survivor) throw unknownMerge()
      if (merge.undone_at !== null) return readUndone(trx, { survivorId: survivor.id, ids })
      refuseMergedSince(survivor)
      reachable.push(...rows.filter(({ id }) => id !== survivor.id), before(written.details))
      return undo({ ctx, trx, record, survivor, written, mergeId })
    })
  } catch (error) {
    throw await explain(ctx, reachable, error)
  }
}

async function lockMerge(trx: Trx, id: string) {
  const merge = await trx
    .selectFrom('customer_merges')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!merge) throw unknownMerge()
  return merge
}

function unknownMerge(): DomainError {
  return new DomainError('NOT_FOUND', 'This merge cannot be found.')
}

/** The later of two merges is undone first: what the survivor has is mixed with what came with that one. */
function refuseMergedSince({ merged_into }: CustomerRow): void {
  if (merged_into === null) return
  throw new DomainError('CONFLICT', 'This customer has been merged again since. Undo that merge first.', {
    details: { mergedInto: merged_into, reason: 'merged' },
  })
}

interface Undo {
  ctx: ScopedContext
  trx: Trx
  record: RecordChange
  survivor: CustomerRow
  written: MergeRecord
  mergeId: string
}

async function undo({ ctx, trx, record, survivor, written, mergeId }: Undo): Promise<UndoneMerge> {
  const ids = written.merged.map(({ id }) => id)
  const details = await giveBackDetails(trx, survivor, written.details)
  const fields = await giveBackFields(trx, survivor.id, written.fields)
  await takeTags(trx, survivor.id, written.tagsAdded)
  for (const person of written.merged) await restoreMerged(trx, person)
  await moveConversationsBack(trx, { mergeId, survivorId: survivor.id })
  await trx
    .updateTable('customer_merges')
    .set({ undone_at: new Date(), undone_by: ctx.user.id })
    .where('id', '=', mergeId)
    .execute()
  await indexCustomers(trx, [survivor.id, ...ids])
  await writeHistory({ ctx, trx, survivor, written, mergeId })
  record({ kind: 'customer.merged', entityId: survivor.id })
  const restored = []
  for (const id of ids) restored.push(await announceCustomer(trx, { id, kind: 'customer.updated', record }))
  const current = await announceCustomer(trx, { id: survivor.id, kind: 'customer.updated', record })
  return { survivor: current, restored, kept: [...details, ...fields] }
}

function before(details: MergeRecord['details']): Partial<Reachable> {
  return Object.fromEntries(Object.entries(details).map(([detail, change]) => [detail, change?.before]))
}

/** Says which stay as they are, because somebody has changed them since. */
async function giveBackDetails(
  trx: Trx,
  survivor: CustomerRow,
  details: MergeRecord['details'],
): Promise<string[]> {
  const set: Record<string, string | null> = {}
  const kept = []
  for (const detail of MERGED_DETAILS) {
    const change = details[detail]
    if (!change) continue
    if (survivor[columnOf(detail)] === change.after) set[columnOf(detail)] = change.before
    else kept.push(detail)
  }
  await trx
    .updateTable('customers')
    .set({ ...set, version: survivor.version + 1, updated_at: new Date() })
    .where('id', '=', survivor.id)
    .execute()
  return kept
}

async function giveBackFields(
  trx: Trx,
  customerId: string,
  fields: MergeRecord['fields'],
): Promise<string[]> {
  const rows = await trx
    .selectFrom('customer_field_values')
    .selectAll()
    .where('customer_id', '=', customerId)
    .execute()
  const now = new Map(rows.map(({ field_id, value }) => [field_id, value]))
  const changes = Object.entries(fields)
  const untouched = changes.filter(([id, { after }]) => (now.get(id) ?? null) === after)
  const back = untouched.map(([id, change]) => [id, { before: change.after, after: change.before }] as const)
  await writeFields(trx, customerId, Object.fromEntries(back))
  return changes.filter((change) => !untouched.includes(change)).map(([id]) => id)
}

async function takeTags(trx: Trx, customerId: string, tagIds: readonly string[]): Promise<void> {
  if (tagIds.length === 0) return
  const tags = trx.deleteFrom('customer_tags').where('customer_id', '=', customerId)
  await tags.where('tag_id', 'in', tagIds).execute()
}

async function restoreMerged(
  trx: Trx,
  { id, archivedAt, archivedBy }: MergeRecord['merged'][number],
): Promise<void> {
  await trx
    .updateTable('customers')
    .set({
      merged_into: null,
      archived_at: archivedAt === null ? null : new Date(archivedAt),
      archived_by: archivedBy,
      version: sql<number>`version + 1`,
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute()
}

async function writeHistory({
  ctx,
  trx,
  survivor,
  written,
  mergeId,
}: Pick<Undo, 'ctx' | 'trx' | 'survivor' | 'written' | 'mergeId'>): Promise<void> {
  const names = written.merged.map(({ name }) => name)
  const separated = (customerId: string, others: string[]) => ({
    customerId,
    actorId: ctx.user.id,
    event: { kind: 'separated' as const, names: others },
  })
  await recordCustomerEvents(trx, [
    separated(survivor.id, names),
    ...written.merged.map(({ id }) => separated(id, [survivor.name])),
  ])
  await writeAudit(trx, ctx, {
    action: 'customer.separated',
    entity: { id: survivor.id },
    after: { mergeId, restored: written.merged.map(({ id }) => id) },
  })
}

async function readUndone(
  trx: Trx,
  { survivorId, ids }: { survivorId: string; ids: readonly string[] },
): Promise<UndoneMerge> {
  const restored = []
  for (const id of ids) restored.push(await getCustomer(trx, { id }))
  return { survivor: await getCustomer(trx, { id: survivorId }), restored, kept: [] }
}

/** Whoever has it by now: of all that is given back, the first that another has. */
async function explain(
  ctx: ScopedContext,
  reachable: readonly Partial<Reachable>[],
  error: unknown,
): Promise<unknown> {
  for (const each of reachable) {
    const explained = await explainDuplicate(ctx.db, each, error)
    if (explained instanceof DomainError && explained.details?.['id'] !== undefined) return explained
  }
  return explainDuplicate(ctx.db, {}, error)
}
