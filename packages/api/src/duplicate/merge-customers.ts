import { type CustomerRow, indexCustomers, newId, type TenantTables } from '@sarai/db'
import { type Transaction, sql } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { explainDuplicate } from '../customer/duplicate.ts'
import { recordCustomerEvent } from '../customer/record-customer-event.ts'
import { announceCustomer } from '../customer/save-customer.ts'
import type { ScopedContext } from '../trpc.ts'
import { chooseDetails, chooseFields } from './choose-values.ts'
import { lockForMerge } from './lock-for-merge.ts'
import { mergeTags, moveConversations, writeFields } from './merge-parts.ts'
import type { MergeRecord } from './merge-record.ts'
import type { MergeResult } from './model.ts'
import type { MergeCustomersInput } from './schema.ts'

type Trx = Transaction<TenantTables>

/**
 * Makes several customers one. The survivor gets the chosen values, everybody's tags and conversations, and shows
 * everybody's notes and history; the others are archived, found by nobody, and lead to the survivor. All of their rows are
 * locked in the order of their ids, so that of two merges at once, and of an edit meanwhile, the later sees what the first
 * has done: CONFLICT if a version has moved on or a customer is part of another, with its id in `details`.
 */
export async function mergeCustomers(ctx: ScopedContext, input: MergeCustomersInput): Promise<MergeResult> {
  let reachable: Pick<CustomerRow, 'email' | 'phone'> = { email: null, phone: null }
  try {
    return await transact(ctx, async (trx, record) => {
      const people = await lockForMerge(trx, input)
      const details = chooseDetails(people, input.details)
      reachable = { ...people[0], ...details.set }
      return merge({ ctx, trx, record, people, input, details })
    })
  } catch (error) {
    throw await explainDuplicate(ctx.db, reachable, error)
  }
}

interface Merge {
  ctx: ScopedContext
  trx: Trx
  record: RecordChange
  /** The survivor first. */
  people: readonly [CustomerRow, ...CustomerRow[]]
  input: MergeCustomersInput
  details: ReturnType<typeof chooseDetails>
}

async function merge({ ctx, trx, record, people, input, details }: Merge): Promise<MergeResult> {
  const [survivor, ...others] = people
  const id = newId()
  const fields = await chooseFields(trx, people, input.fields)
  // First away, then taken: an e-mail or a phone belongs to one of the living.
  await archiveMerged(trx, { ctx, survivor, others })
  await updateSurvivor(trx, survivor, details.set)
  await writeFields(trx, survivor.id, fields)
  const tagsAdded = await mergeTags(trx, { survivor, others })
  const merged = others.map(({ id: customerId, name, archived_at, archived_by }) => ({
    id: customerId,
    name,
    archivedAt: archived_at?.toISOString() ?? null,
    archivedBy: archived_by,
  }))
  const written: MergeRecord = { details: details.changed, fields, tagsAdded, merged }
  await insertMerge(trx, { id, survivorId: survivor.id, userId: ctx.user.id, written })
  await moveConversations(trx, { mergeId: id, survivor, others })
  await indexCustomers(
    trx,
    people.map((person) => person.id),
  )
  await writeHistory({ ctx, trx, id, survivor, others })
  for (const other of others) await announceCustomer(trx, { id: other.id, kind: 'customer.updated', record })
  record({ kind: 'customer.merged', entityId: survivor.id })
  return { id, survivor: await announceCustomer(trx, { id: survivor.id, kind: 'customer.updated', record }) }
}

interface Sides {
  survivor: CustomerRow
  others: readonly CustomerRow[]
}

async function archiveMerged(trx: Trx, { ctx, survivor, others }: Sides & { ctx: ScopedContext }) {
  const now = new Date()
  await trx
    .updateTable('customers')
    .set({ merged_into: survivor.id, archived_at: now, archived_by: ctx.user.id, updated_at: now })
    .set({ version: sql<number>`version + 1` })
    .where(
      'id',
      'in',
      others.map(({ id }) => id),
    )
    .execute()
}

async function updateSurvivor(
  trx: Trx,
  survivor: CustomerRow,
  set: ReturnType<typeof chooseDetails>['set'],
): Promise<void> {
  await trx
    .updateTable('customers')
    .set({ ...set, version: survivor.version + 1, updated_at: new Date() })
    .where('id', '=', survivor.id)
    .execute()
}

async function insertMerge(
  trx: Trx,
  {
    id,
    survivorId,
    userId,
    written,
  }: { id: string; survivorId: string; userId: string; written: MergeRecord },
): Promise<void> {
  const row = { id, survivor_id: survivorId, merged_by: userId, merged_at: new Date() }
  await trx
    .insertInto('customer_merges')
    .values({ ...row, details: JSON.stringify(written) })
    .execute()
}

async function writeHistory({
  ctx,
  trx,
  id,
  survivor,
  others,
}: Sides & { ctx: ScopedContext; trx: Trx; id: string }): Promise<void> {
  const names = others.map(({ name }) => name)
  await recordCustomerEvent(trx, {
    customerId: survivor.id,
    actorId: ctx.user.id,
    event: { kind: 'merged', mergeId: id, names },
  })
  await writeAudit(trx, ctx, {
    action: 'customer.merged',
    entity: { id: survivor.id },
    after: { mergeId: id, merged: others.map((other) => other.id) },
  })
}
