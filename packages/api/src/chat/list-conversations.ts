import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { type Cursor, cursorDate, decodeCursor, encodeCursor } from '../cursor.ts'
import { containsText } from '../like.ts'
import { type ConversationForMember, type ConversationWithNames, toConversation } from './model.ts'
import { selectConversations } from './queries.ts'
import { CHAT_LIST_LIMIT_DEFAULT, type ListConversationsInput } from './schema.ts'
import { countUnread } from './unread.ts'

type Db = Kysely<TenantTables>
type Row = ConversationWithNames & { last_read_seq: number | null }
type ListInput = ListConversationsInput & { userId: string }

const SEARCHED_COLUMNS = ['customers.name', 'conversations.subject', 'conversations.last_message_preview']
/** Cursors of other lists are refused. */
const SORT = '-activity'

/** A page of conversations, the last active first, with what the member has not read in them. */
export async function listConversations(
  db: Db,
  input: ListInput,
): Promise<{ items: ConversationForMember[]; nextCursor: string | null }> {
  const limit = input.limit ?? CHAT_LIST_LIMIT_DEFAULT
  const rows: Row[] = await selectPage(db, input)
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await withUnread(db, { userId: input.userId, rows: page }),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null,
  }
}

function selectPage(db: Db, input: ListInput) {
  let query = selectConversations(db)
    .leftJoin('conversation_reads as reads', (join) =>
      join.onRef('reads.conversation_id', '=', 'conversations.id').on('reads.user_id', '=', input.userId),
    )
    .select('reads.last_read_seq')
    .orderBy('conversations.updated_at', 'desc')
    .orderBy('conversations.id', 'desc')
  if (input.box === 'mine') query = query.where('conversations.assignee_id', '=', input.userId)
  if (input.box === 'mentions') query = query.where(isNamedIn(input.userId))
  if (input.box === 'unassigned') query = query.where('conversations.assignee_id', 'is', null)
  if (input.status) query = query.where('conversations.status', '=', input.status)
  if (input.customerId) query = query.where('conversations.customer_id', '=', input.customerId)
  if (input.waiting !== undefined) {
    query = query.where('conversations.waiting_since', input.waiting ? 'is not' : 'is', null)
  }
  if (input.assigneeId) query = query.where('conversations.assignee_id', '=', input.assigneeId)
  const { search, during } = input
  if (during) query = query.where(liesIn(during))
  if (search) query = query.where(() => containsText(SEARCHED_COLUMNS, search))
  if (!input.cursor) return query
  const after = decodeCursor(input.cursor, SORT)
  const updatedAt = cursorDate(after)
  return query.where((eb) =>
    eb.or([
      eb('conversations.updated_at', '<', updatedAt),
      eb('conversations.updated_at', '=', updatedAt).and('conversations.id', '<', after.id),
    ]),
  )
}

function isNamedIn(userId: string) {
  return sql<boolean>`conversations.id IN (SELECT conversation_id FROM message_mentions WHERE user_id = ${userId})`
}

const MOMENT_COLUMNS = {
  created: 'conversations.created_at',
  answered: 'conversations.first_response_at',
  resolved: 'conversations.resolved_at',
} as const

/** As the dashboard counts them, so that a number there opens a list of as many. */
function liesIn({ moment, ...period }: NonNullable<ListConversationsInput['during']>) {
  const from = new Date(period.from)
  const to = new Date(period.to)
  if (moment !== 'active') {
    const column = sql.ref(MOMENT_COLUMNS[moment])
    const asked =
      moment === 'answered' ? sql`conversations.first_customer_message_at IS NOT NULL AND ` : sql``
    return sql<boolean>`(${asked}${column} >= ${from} AND ${column} < ${to})`
  }
  return sql<boolean>`(conversations.created_at < ${to} AND conversations.updated_at >= ${from} AND EXISTS (
    SELECT 1 FROM messages WHERE messages.conversation_id = conversations.id
      AND messages.created_at >= ${from} AND messages.created_at < ${to}))`
}

function cursorOf(row: Row): Cursor {
  return { sort: SORT, value: row.updated_at.toISOString(), id: row.id }
}

async function withUnread(
  db: Db,
  { userId, rows }: { userId: string; rows: Row[] },
): Promise<ConversationForMember[]> {
  const conversations = rows.map((row) => ({ ...toConversation(row), lastReadSeq: row.last_read_seq ?? 0 }))
  const unread = await countUnread(db, { userId, conversations })
  return conversations.map((conversation) => ({ ...conversation, unread: unread.get(conversation.id) ?? 0 }))
}
