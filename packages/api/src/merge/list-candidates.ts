import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Conversation, toConversation } from '../chat/model.ts'
import { getConversation, selectConversations } from '../chat/queries.ts'
import { containsText } from '../like.ts'
import { readDigits } from './read-digits.ts'
import { type ListCandidatesInput, MERGE_CANDIDATES_MAX } from './schema.ts'

type Db = Kysely<TenantTables>

const SEARCHED = ['customers.name', 'conversations.subject', 'conversations.last_message_preview']
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/**
 * With what a conversation may be merged, the likeliest first: the same customer's, open ones before the others, then those of
 * others by when something last happened in them; without a search only the same customer's. Two statements, each of which
 * reads an index in its order.
 */
export async function listCandidates(
  db: Db,
  { conversationId, search = '' }: ListCandidatesInput,
): Promise<{ items: Conversation[] }> {
  const { customerId } = await getConversation(db, { id: conversationId })
  const candidates = selectConversations(db)
    .where('conversations.merged_into', 'is', null)
    .where('conversations.id', '!=', conversationId)
    .where(matches(search))
  const own = await candidates
    .where('conversations.customer_id', '=', customerId)
    .orderBy(sql`conversations.status = 'open'`, 'desc')
    .orderBy('conversations.updated_at', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(MERGE_CANDIDATES_MAX)
    .execute()
  const left = MERGE_CANDIDATES_MAX - own.length
  if (search === '' || left === 0) return { items: own.map(toConversation) }
  const others = await candidates
    .where('conversations.customer_id', '!=', customerId)
    .orderBy('conversations.updated_at', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(left)
    .execute()
  return { items: [...own, ...others].map(toConversation) }
}

function matches(search: string): RawBuilder<boolean> {
  if (search === '') return sql<boolean>`TRUE`
  const [id] = ID.exec(search) ?? []
  if (id !== undefined) return sql<boolean>`conversations.id = ${id.toLowerCase()}`
  const digits = readDigits(search)
  const words = containsText(SEARCHED, search)
  return digits === null
    ? sql<boolean>`${words}`
    : sql<boolean>`(${words} OR ${containsText(['customers.phone'], digits)})`
}
