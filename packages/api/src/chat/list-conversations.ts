import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Cursor, cursorDate, cursorNumber, decodeCursor, encodeCursor } from '../cursor.ts'
import { matchesFilter } from './conversation-filter.ts'
import { type ConversationForMember, type ConversationWithNames, toConversation } from './model.ts'
import { selectConversations } from './queries.ts'
import { CHAT_LIST_LIMIT_DEFAULT, type ListConversationsInput } from './schema.ts'
import { countUnread } from './unread.ts'

type Db = Kysely<TenantTables>
type Row = ConversationWithNames & { last_read_seq: number | null }
type ListInput = ListConversationsInput & { userId: string }

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
  const query = selectConversations(db)
    .leftJoin('conversation_reads as reads', (join) =>
      join.onRef('reads.conversation_id', '=', 'conversations.id').on('reads.user_id', '=', input.userId),
    )
    .select('reads.last_read_seq')
    .where(matchesFilter(input))
    .orderBy(orderOf(input))
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
