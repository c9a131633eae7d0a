import { type RawBuilder, sql } from 'kysely'
import { containsText } from '../like.ts'
import { type ListConversationsInput, PRIORITIES } from './schema.ts'

type Condition = RawBuilder<unknown>
/** `userId`: who asks, whom `box` is about. */
export type ConversationFilter = Omit<ListConversationsInput, 'cursor' | 'limit' | 'sort'> & {
  userId: string
}

const SEARCHED_COLUMNS = ['customers.name', 'conversations.subject', 'conversations.last_message_preview']

/** What a row of `conversations` must fulfil to be in a list, and to be counted for it. `search` also asks for its `customers`. */
export function matchesFilter(filter: ConversationFilter): RawBuilder<boolean> {
  const conditions = [...workConditions(filter), ...contentConditions(filter)]
  return conditions.length === 0 ? sql<boolean>`TRUE` : sql<boolean>`(${sql.join(conditions, sql` AND `)})`
}

/** Whose it is and how it stands. */
function workConditions({
  box,
  userId,
  status,
  waiting,
  assigneeId,
  teamId,
}: ConversationFilter): Condition[] {
  const conditions: Condition[] = []
  if (box === 'mine') conditions.push(sql`conversations.assignee_id = ${userId}`)
  if (box === 'unassigned') conditions.push(sql`conversations.assignee_id IS NULL`)
  if (box === 'mentions') conditions.push(isNamedIn(userId))
  if (status) conditions.push(sql`conversations.status = ${status}`)
  if (waiting === true) conditions.push(sql`conversations.waiting_since IS NOT NULL`)
  if (waiting === false) conditions.push(sql`conversations.waiting_since IS NULL`)
  if (assigneeId) conditions.push(sql`conversations.assignee_id = ${assigneeId}`)
  if (teamId) conditions.push(sql`conversations.team_id = ${teamId}`)
  return conditions
}

/** What it is about. */
function contentConditions({
  customerId,
  labelId,
  priority,
  during,
  search,
}: ConversationFilter): Condition[] {
  const conditions: Condition[] = []
  if (customerId) conditions.push(sql`conversations.customer_id = ${customerId}`)
  if (labelId) conditions.push(hasLabel(labelId))
  if (priority) conditions.push(sql`conversations.priority = ${PRIORITIES.indexOf(priority)}`)
  if (during) conditions.push(liesIn(during))
  if (search) conditions.push(sql`${containsText(SEARCHED_COLUMNS, search)}`)
  return conditions
}

function isNamedIn(userId: string): Condition {
  return sql`conversations.id IN (SELECT conversation_id FROM message_mentions WHERE user_id = ${userId})`
}

function hasLabel(id: string): Condition {
  return sql`EXISTS (SELECT 1 FROM conversation_labels
    WHERE conversation_labels.conversation_id = conversations.id AND conversation_labels.label_id = ${id})`
}

const MOMENT_COLUMNS = {
  created: 'conversations.created_at',
  answered: 'conversations.first_response_at',
  resolved: 'conversations.resolved_at',
} as const

/** As the dashboard counts them, so that a number there opens a list of as many. */
function liesIn({ moment, ...period }: NonNullable<ListConversationsInput['during']>): Condition {
  const from = new Date(period.from)
  const to = new Date(period.to)
  if (moment !== 'active') {
    const column = sql.ref(MOMENT_COLUMNS[moment])
    const asked =
      moment === 'answered' ? sql`conversations.first_customer_message_at IS NOT NULL AND ` : sql``
    return sql`(${asked}${column} >= ${from} AND ${column} < ${to})`
  }
  return sql`(conversations.created_at < ${to} AND conversations.updated_at >= ${from} AND EXISTS (
    SELECT 1 FROM messages WHERE messages.conversation_id = conversations.id
      AND messages.created_at >= ${from} AND messages.created_at < ${to}))`
}
