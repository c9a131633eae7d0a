import { type ConversationRow, newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { listPartIds } from '../chat/find-head.ts'
import { getConversation, refuseMerged } from '../chat/queries.ts'
import { recordEvent } from '../chat/record-event.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import { announce } from './announce.ts'
import { joinStandings, PART, toColumns, toStanding } from './join-standings.ts'
import type { ConversationMergeRecord } from './merge-record.ts'
import type { MergedConversations } from './model.ts'
import { moveScheduled } from './move-scheduled.ts'
import { findExcess, findLiveMember, listLabels, lockPair } from './queries.ts'
import { mergeRefusal } from './refusals.ts'
import type { MergeConversationsInput } from './schema.ts'

type Trx = Transaction<TenantTables>

/**
 * Makes a conversation a part of another. Its messages stay where they are, under their own numbers; its place in the lists and
 * in the numbers becomes the survivor's, which gets what asks for more of the two (`join-standings.ts`), both's labels, and what
 * was written for later. What a customer writes to it from now on goes to the survivor; whoever wants to change it is refused.
 * The same two again are the same merge.
 *
 * @throws DomainError NOT_FOUND; FORBIDDEN; CONFLICT with `{ reason }`: `merged` (and `{ id, mergedInto }`) if one is a part already,
 * `customers` if they are of different ones and nobody has said that this is meant, `full`, `labels`
 */
export async function mergeConversations(
  ctx: ScopedContext,
  input: MergeConversationsInput,
): Promise<MergedConversations> {
  requirePermission(ctx.access, 'chat:assign')
  const ids = { mergedId: input.mergedConversationId, survivorId: input.survivorConversationId }
  return transact(ctx, async (trx, record) => {
    const pair = await lockPair(trx, ids)
    const known = await findSame(trx, pair)
    if (known) return readMerged(trx, known, ids)
    refuseMerged(pair.merged)
    refuseMerged(pair.survivor)
    if (pair.merged.customer_id !== pair.survivor.customer_id && !input.ofDifferentCustomers) {
      throw mergeRefusal('customers')
    }
    const id = newId()
    await merge({ ctx, trx, record, id, ...pair })
    return readMerged(trx, id, ids)
  })
}

interface Merge {
  ctx: ScopedContext
  trx: Trx
  record: RecordChange
  id: string
  merged: ConversationRow
  survivor: ConversationRow
}

async function merge({ ctx, trx, record, id, merged, survivor }: Merge): Promise<void> {
  const parts = await listPartIds(trx, merged.id)
  const labels = await listLabels(trx, [merged.id, survivor.id])
  const own = labels.get(survivor.id) ?? []
  const labelsAdded = (labels.get(merged.id) ?? []).filter((label) => !own.includes(label))
  const excess = findExcess({
    parts: parts.length + (await listPartIds(trx, survivor.id)).length,
    labels: own.length + labelsAdded.length,
  })
  if (excess) throw mergeRefusal(excess)
  const at = new Date()
  const [survivorWas, mergedWas] = [toStanding(survivor), toStanding(merged)]
  const assignee_id = await findLiveMember(trx, merged.assignee_id)
  const became = joinStandings(survivorWas, { ...mergedWas, assignee_id })
  await writeRows(trx, { merged, survivor, became, at })
  await addLabels(trx, survivor.id, labelsAdded)
  const scheduled = await moveScheduled(trx, { record, from: merged.id, to: survivor.id })
  const details: ConversationMergeRecord = { survivorWas, mergedWas, became, labelsAdded, scheduled }
  const row = { id, merged_id: merged.id, survivor_id: survivor.id, merged_by: ctx.user.id, merged_at: at }
  await trx
    .insertInto('conversation_merges')
    .values({ ...row, details: JSON.stringify(details) })
    .execute()
  await writeHistory({ ctx, trx, id, merged, survivor, at })
  const statusBefore = became.status === survivor.status ? undefined : survivor.status
  await announce(trx, { record, ids: [merged.id, ...parts], survivorId: survivor.id, statusBefore })
}

/** Whoever was a part of the merged one is now a part of the survivor: what is written to any of them goes one way. */
async function writeRows(
  trx: Trx,
  {
    merged,
    survivor,
    became,
    at,
  }: Pick<Merge, 'merged' | 'survivor'> & { became: ReturnType<typeof joinStandings>; at: Date },
): Promise<void> {
  const conversations = trx.updateTable('conversations')
  await conversations
    .set({ ...PART, merged_into: survivor.id, updated_at: at })
    .where('id', '=', merged.id)
    .execute()
  await conversations.set({ merged_into: survivor.id }).where('merged_into', '=', merged.id).execute()
  await conversations
    .set({ ...toColumns(became), updated_at: at })
    .where('id', '=', survivor.id)
    .execute()
}

async function addLabels(trx: Trx, conversation_id: string, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return
  await trx
    .insertInto('conversation_labels')
    .values(labels.map((label_id) => ({ conversation_id, label_id })))
    .execute()
}

async function writeHistory({
  ctx,
  trx,
  id,
  merged,
  survivor,
  at,
}: Omit<Merge, 'record'> & { at: Date }): Promise<void> {
  const actorId = ctx.user.id
  await recordEvent(trx, { conversationId: merged.id, kind: 'merged', actorId, at })
  await writeAudit(trx, ctx, {
    action: 'conversation.merged',
    entity: { id: survivor.id },
    after: { conversationMergeId: id, merged: merged.id },
  })
}

/** Somebody has pressed twice, or asks again because no answer came. */
async function findSame(
  trx: Trx,
  { merged, survivor }: Pick<Merge, 'merged' | 'survivor'>,
): Promise<string | undefined> {
  if (merged.merged_into !== survivor.id) return undefined
  const row = await trx
    .selectFrom('conversation_merges')
    .select('id')
    .where('merged_id', '=', merged.id)
    .where('survivor_id', '=', survivor.id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

async function readMerged(
  trx: Trx,
  conversationMergeId: string,
  { mergedId, survivorId }: { mergedId: string; survivorId: string },
): Promise<MergedConversations> {
  return {
    conversationMergeId,
    survivor: await getConversation(trx, { id: survivorId }),
    merged: await getConversation(trx, { id: mergedId }),
  }
}
