import type { ConversationRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { listPartIds } from '../chat/find-head.ts'
import { getConversation } from '../chat/queries.ts'
import { PRIORITIES } from '../chat/schema.ts'
import { joinStandings, toStanding } from './join-standings.ts'
import type { ConversationMergePreview } from './model.ts'
import { findExcess, findLiveMember, listLabels, readPair } from './queries.ts'
import type { PreviewConversationMergeInput } from './schema.ts'

type Db = Kysely<TenantTables>

/** What merging would do. Nothing is done, and nothing is locked: the merge itself looks again. */
export async function previewConversationMerge(
  db: Db,
  input: PreviewConversationMergeInput,
): Promise<ConversationMergePreview> {
  const ids = { mergedId: input.mergedConversationId, survivorId: input.survivorConversationId }
  const { merged, survivor } = await readPair(db, ids)
  const parts = await listPartIds(db, merged.id)
  const labels = await listLabels(db, [merged.id, survivor.id])
  const labelIds = [...new Set([...(labels.get(survivor.id) ?? []), ...(labels.get(merged.id) ?? [])])]
  const isPart = merged.merged_into !== null || survivor.merged_into !== null
  const together = {
    parts: parts.length + (await listPartIds(db, survivor.id)).length,
    labels: labelIds.length,
  }
  return {
    merged: await getConversation(db, { id: merged.id }),
    survivor: await getConversation(db, { id: survivor.id }),
    result: { ...(await joinBoth(db, { merged, survivor })), labelIds },
    messages: merged.last_seq + (await countMessages(db, parts)),
    scheduled: await countScheduled(db, merged.id),
    areOfDifferentCustomers: merged.customer_id !== survivor.customer_id,
    refusal: isPart ? 'merged' : findExcess(together),
  }
}

async function joinBoth(
  db: Db,
  { merged, survivor }: { merged: ConversationRow; survivor: ConversationRow },
) {
  const assignee_id = await findLiveMember(db, merged.assignee_id)
  const became = joinStandings(toStanding(survivor), { ...toStanding(merged), assignee_id })
  return {
    status: became.status,
    snoozedUntil: became.snoozed_until,
    assigneeName: await findName(db, became.assignee_id),
    teamId: became.team_id,
    priority: PRIORITIES[became.priority] ?? 'none',
  }
}

async function findName(db: Db, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  const member = await db
    .selectFrom('members')
    .select('name')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return member?.name ?? null
}

async function countMessages(db: Db, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { count } = await db
    .selectFrom('conversations')
    .select(({ fn }) => fn.sum<number | null>('last_seq').as('count'))
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function countScheduled(db: Db, id: string): Promise<number> {
  const { count } = await db
    .selectFrom('scheduled_messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversation_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(count)
}
