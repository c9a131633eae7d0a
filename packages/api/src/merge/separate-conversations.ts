import type { ConversationRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { getConversation, refuseMerged } from '../chat/queries.ts'
import { recordEvent } from '../chat/record-event.ts'
import { requirePermission } from '../permission/access.ts'
import { setAlarm } from '../scheduled/alarm.ts'
import type { ScopedContext } from '../trpc.ts'
import { announce } from './announce.ts'
import { toColumns } from './join-standings.ts'
import { ConversationMergeRecord } from './merge-record.ts'
import type { SeparatedConversations } from './model.ts'
import { moveScheduledBack } from './move-scheduled.ts'
import { lockPair } from './queries.ts'
import { mergeRefusal, unknownMerge } from './refusals.ts'
import { findSaidSince, restoreStanding } from './restore-standing.ts'
import { CONVERSATION_SEPARATE_DAYS_MAX, type SeparateConversationsInput } from './schema.ts'

type Trx = Transaction<TenantTables>

const DAY_MS = 86_400_000

/**
 * Takes a merge back: the part is what it was, in its lists and numbers, and the survivor what it would be without it. What has
 * been said in the survivor since stays there, and so does what somebody has changed (`kept`). Merges are taken back in turn,
 * the last first. Twice is the same as once.
 *
 * @throws DomainError NOT_FOUND; FORBIDDEN; CONFLICT with `{ reason }`: `merged` (and `{ id, mergedInto }`) while the survivor is a part
 * itself, `later` while a later merge into it stands, `too-late` after CONVERSATION_SEPARATE_DAYS_MAX
 */
export async function separateConversations(
  ctx: ScopedContext,
  { conversationMergeId: id }: SeparateConversationsInput,
): Promise<SeparatedConversations> {
  requirePermission(ctx.access, 'chat:assign')
  const place = await findPlace(ctx, id)
  const separated = await transact(ctx, async (trx, record) => {
    const pair = await lockPair(trx, place)
    const merge = await lockMerge(trx, id)
    const isUndone = merge.undone_at !== null
    if (!isUndone) refuseMerged(pair.survivor)
    if (!isUndone) await refuseOutOfTurn(trx, merge)
    const kept = isUndone ? [] : await separate({ ctx, trx, record, merge, ...pair })
    return { ...(await readBoth(trx, place)), kept }
  })
  await ringForScheduled(ctx, place.mergedId)
  return separated
}

/** What waits for its time again may be due before the alarm that is set, or when none is. */
async function ringForScheduled(
  { db, database, tenant }: ScopedContext,
  conversationId: string,
): Promise<void> {
  const next = await db
    .selectFrom('scheduled_messages')
    .select('send_at')
    .where('conversation_id', '=', conversationId)
    .where('held_reason', 'is', null)
    .orderBy('send_at')
    .limit(1)
    .executeTakeFirst()
  if (next) await setAlarm(database.master, tenant.id, next.send_at)
}

async function findPlace({ db }: ScopedContext, id: string) {
  const merge = await db
    .selectFrom('conversation_merges')
    .select(['merged_id as mergedId', 'survivor_id as survivorId'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!merge) throw unknownMerge()
  return merge
}

function lockMerge(trx: Trx, id: string) {
  return trx
    .selectFrom('conversation_merges')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

type MergeRow = Awaited<ReturnType<typeof lockMerge>>

/** What the survivor has is mixed with what came with a later one. */
async function refuseOutOfTurn(trx: Trx, merge: MergeRow): Promise<void> {
  if (Date.now() - merge.merged_at.getTime() > CONVERSATION_SEPARATE_DAYS_MAX * DAY_MS) {
    throw mergeRefusal('too-late')
  }
  const last = await trx
    .selectFrom('conversation_merges')
    .select('id')
    .where('survivor_id', '=', merge.survivor_id)
    .where('undone_at', 'is', null)
    .orderBy('merged_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.id !== merge.id) throw mergeRefusal('later')
}

interface Separation {
  ctx: ScopedContext
  trx: Trx
  record: RecordChange
  merge: MergeRow
  merged: ConversationRow
  survivor: ConversationRow
}

async function separate(separation: Separation): Promise<SeparatedConversations['kept']> {
  const { ctx, trx, record, merge, merged, survivor } = separation
  const written = ConversationMergeRecord.parse(merge.details)
  const at = new Date()
  const parts = await listPartsThrough(trx, merged.id)
  const since = await findSaidSince(trx, survivor, written.survivorWas)
  const { standing, kept } = restoreStanding(survivor, written, since)
  const conversations = trx.updateTable('conversations')
  await conversations
    .set({ ...toColumns(standing), updated_at: at })
    .where('id', '=', survivor.id)
    .execute()
  // Nobody but its author could change it meanwhile, and they only their own words.
  const { last_message_at: _, last_message_preview: _preview, ...mergedWas } = toColumns(written.mergedWas)
  await conversations
    .set({ ...mergedWas, assignee_id: merged.assignee_id, team_id: merged.team_id })
    .set({ merged_into: null, updated_at: at })
    .where('id', '=', merged.id)
    .execute()
  if (parts.length > 0) await conversations.set({ merged_into: merged.id }).where('id', 'in', parts).execute()
  await takeLabels(trx, survivor.id, written.labelsAdded)
  await moveScheduledBack(trx, { record, from: survivor.id, to: merged.id, moved: written.scheduled })
  await trx
    .updateTable('conversation_merges')
    .set({ undone_at: at, undone_by: ctx.user.id })
    .where('id', '=', merge.id)
    .execute()
  await writeHistory(separation, at)
  const statusBefore = standing.status === survivor.status ? undefined : survivor.status
  await announce(trx, { record, ids: [merged.id, ...parts], survivorId: survivor.id, statusBefore })
  return kept
}

/** Those that had become a part of it before it became one. */
async function listPartsThrough(trx: Trx, id: string): Promise<string[]> {
  const parts: string[] = []
  for (let into = [id]; into.length > 0;) {
    const rows = await trx
      .selectFrom('conversation_merges')
      .select('merged_id')
      .where('survivor_id', 'in', into)
      .where('undone_at', 'is', null)
      .execute()
    into = rows.map((row) => row.merged_id)
    parts.push(...into)
  }
  return parts
}

async function takeLabels(trx: Trx, conversationId: string, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return
  await trx
    .deleteFrom('conversation_labels')
    .where('conversation_id', '=', conversationId)
    .where('label_id', 'in', labels)
    .execute()
}

async function writeHistory({ ctx, trx, merge, merged, survivor }: Separation, at: Date): Promise<void> {
  const actorId = ctx.user.id
  await recordEvent(trx, { conversationId: merged.id, kind: 'separated', actorId, at })
  await writeAudit(trx, ctx, {
    action: 'conversation.separated',
    entity: { id: survivor.id },
    after: { conversationMergeId: merge.id, merged: merged.id },
  })
}

async function readBoth(trx: Trx, { mergedId, survivorId }: { mergedId: string; survivorId: string }) {
  return {
    survivor: await getConversation(trx, { id: survivorId }),
    merged: await getConversation(trx, { id: mergedId }),
  }
}
