import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Cursor, cursorDate, cursorNumber, decodeCursor, encodeCursor } from '../cursor.ts'
import { containsText } from '../like.ts'
import { type ConversationForMember, type ConversationWithNames, toConversation } from './model.ts'
import { selectConversations } from './queries.ts'
import { CHAT_LIST_LIMIT_DEFAULT, type ListConversationsInput, PRIORITIES } from './schema.ts'
import { countUnread } from './unread.ts'

type Db = Kysely<TenantTables>
type Row = ConversationWithNames & { last_read_seq: number | null }
type ListInput = ListConversationsInput & { userId: string }

const SEARCHED_COLUMNS = ['customers.name', 'conversations.subject', 'conversations.last_message_preview']
/** Cursors of other lists are refused. */
const SORTS = { activity: '-activity', priority: '-priority' } as const

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
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last, input)) : null,
  }
}

function selectPage(db: Db, input: ListInput) {
  let query = selectConversations(db)
    .leftJoin('conversation_reads as reads', (join) =>
      join.onRef('reads.conversation_id', '=', 'conversations.id').on('reads.user_id', '=', input.userId),
    )
    .select('reads.last_read_seq')
    .orderBy(orderOf(input))
  if (input.box === 'mine') query = query.where('conversations.assignee_id', '=', input.userId)
  if (input.box === 'mentions') query = query.where(isNamedIn(input.userId))
  if (input.box === 'unassigned') query = query.where('conversations.assignee_id', 'is', null)
  if (input.status) query = query.where('conversations.status', '=', input.status)
  if (input.customerId) query = query.where('conversations.customer_id', '=', input.customerId)
  if (input.waiting !== undefined) {
    query = query.where('conversations.waiting_since', input.waiting ? 'is not' : 'is', null)
  }
  if (input.assigneeId) query = query.where('conversations.assignee_id', '=', input.assigneeId)
  if (input.labelId) query = query.where(hasLabel(input.labelId))
  if (input.priority) query = query.where('conversations.priority', '=', PRIORITIES.indexOf(input.priority))
  const { search, during } = input
  if (during) query = query.where(liesIn(during))
  if (search) query = query.where(() => containsText(SEARCHED_COLUMNS, search))
  return input.cursor ? query.where(liesBehind(input.cursor, input)) : query
}

const COLUMNS = {
  activity: ['conversations.updated_at', 'conversations.id'],
  priority: ['conversations.priority', 'conversations.updated_at', 'conversations.id'],
} as const

function orderOf({ sort = 'activity' }: ListInput) {
  return sql.join(COLUMNS[sort].map((column) => sql`${sql.ref(column)} DESC`))
}

/** Behind the last row of the page before. A cursor of the other order is refused. */
function liesBehind(cursor: string, { sort = 'activity' }: ListInput) {
  const after = decodeCursor(cursor, SORTS[sort])
  if (sort === 'activity') return isBelow(COLUMNS.activity, [cursorDate(after), after.id])
  const [priority = '', ...time] = after.value.split(' ')
  const at = cursorDate({ ...after, value: time.join(' ') })
  return isBelow(COLUMNS.priority, [cursorNumber(priority), at, after.id])
}

/** (a, b) < (1, 2), written so that an index serves it. */
function isBelow(columns: readonly string[], values: readonly unknown[]): RawBuilder<boolean> {
  const [column, ...columnsLeft] = columns
  const [value, ...valuesLeft] = values
  if (column === undefined) return sql<boolean>`FALSE`
  const rest = isBelow(columnsLeft, valuesLeft)
  const name = sql.ref(column)
  return sql<boolean>`(${name} < ${value} OR (${name} = ${value} AND ${rest}))`
}

function hasLabel(id: string) {
  return sql<boolean>`EXISTS (SELECT 1 FROM conversation_labels
    WHERE conversation_labels.conversation_id = conversations.id AND conversation_labels.label_id = ${id})`
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

function cursorOf(row: Row, { sort = 'activity' }: ListInput): Cursor {
  const time = row.updated_at.toISOString()
  return { sort: SORTS[sort], value: sort === 'priority' ? `${row.priority} ${time}` : time, id: row.id }
}

async function withUnread(
  db: Db,
  { userId, rows }: { userId: string; rows: Row[] },
): Promise<ConversationForMember[]> {
  const conversations = rows.map((row) => ({ ...toConversation(row), lastReadSeq: row.last_read_seq ?? 0 }))
  const unread = await countUnread(db, { userId, conversations })
  return conversations.map((conversation) => ({ ...conversation, unread: unread.get(conversation.id) ?? 0 }))
}
