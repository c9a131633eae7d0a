import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { findHead, listPartIds } from '../chat/find-head.ts'
import { getConversation } from '../chat/queries.ts'
import type { ConversationMerge } from './model.ts'
import { CONVERSATION_SEPARATE_DAYS_MAX, type MergesOfConversationInput } from './schema.ts'

const DAY_MS = 86_400_000

/**
 * The merges that made a conversation what it is, the first first: those into it, and those into its parts before they became
 * parts. Of a part: none, they are its survivor's. CONVERSATION_PARTS_MAX at most.
 */
export async function listMerges(
  db: Kysely<TenantTables>,
  { conversationId }: MergesOfConversationInput,
): Promise<{ items: ConversationMerge[] }> {
  await getConversation(db, { id: conversationId })
  if ((await findHead(db, conversationId)) !== conversationId) return { items: [] }
  const parts = await listPartIds(db, conversationId)
  if (parts.length === 0) return { items: [] }
  const rows = await selectMerges(db)
    .where('merges.survivor_id', 'in', [conversationId, ...parts])
    .execute()
  const last = rows.findLast((row) => row.survivor_id === conversationId)
  return { items: rows.map((row) => toMerge(row, row === last)) }
}

function selectMerges(db: Kysely<TenantTables>) {
  return db
    .selectFrom('conversation_merges as merges')
    .innerJoin('conversations', 'conversations.id', 'merges.merged_id')
    .innerJoin('customers', 'customers.id', 'conversations.customer_id')
    .leftJoin('members', 'members.user_id', 'merges.merged_by')
    .leftJoin('api_keys', 'api_keys.id', 'merges.merged_by')
    .where('merges.undone_at', 'is', null)
    .select(['merges.id', 'merges.merged_id', 'merges.survivor_id', 'merges.merged_at'])
    .select(['conversations.subject', 'conversations.last_seq', 'customers.name as customer_name'])
    .select(sql<string | null>`COALESCE(members.name, api_keys.name)`.as('merged_by_name'))
    .orderBy('merges.merged_at')
    .orderBy('merges.id')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMerges>['executeTakeFirstOrThrow']>>

function toMerge(row: Row, isLast: boolean): ConversationMerge {
  const until = new Date(row.merged_at.getTime() + CONVERSATION_SEPARATE_DAYS_MAX * DAY_MS)
  return {
    id: row.id,
    mergedId: row.merged_id,
    survivorId: row.survivor_id,
    subject: row.subject,
    customerName: row.customer_name,
    messages: row.last_seq,
    mergedByName: row.merged_by_name,
    mergedAt: row.merged_at.toISOString(),
    undoUntil: isLast && until > new Date() ? until.toISOString() : null,
  }
}
