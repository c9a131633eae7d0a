import { type RawBuilder, sql } from 'kysely'
import { listWeeklyHours } from '../calendar/weekly-hours.ts'
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
  // A part of another conversation is resolved: what else is asked for is answered by the indexes of status alone.
  if (status === undefined || status === 'resolved') conditions.push(sql`conversations.merged_into IS NULL`)
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

/** In the conversation itself or in one that has become a part of it. */
function isNamedIn(userId: string): Condition {
  return sql`conversations.id IN (SELECT COALESCE(named.merged_into, named.id)
    FROM message_mentions JOIN conversations AS named ON named.id = message_mentions.conversation_id
    WHERE message_mentions.user_id = ${userId})`
}

function hasLabel(id: string): Condition {
  return sql`EXISTS (SELECT 1 FROM conversation_labels
    WHERE conversation_labels.conversation_id = conversations.id AND conversation_labels.label_id = ${id})`
}

type During = NonNullable<ListConversationsInput['during']>

const MOMENT_COLUMNS = {
  created: 'conversations.created_at',
  answered: 'conversations.first_response_at',
  resolved: 'conversations.resolved_at',
} as const
const SECONDS_COLUMNS = {
  answered: 'conversations.first_response_seconds',
  resolved: 'conversations.resolution_seconds',
} as const

/** As the dashboard counts them, so that a number there opens a list of as many. */
function liesIn(during: During): Condition {
  const { moment, longerThanSeconds } = during
  if (moment === 'active' || moment === 'asked') return hasMessageIn(during, moment)
  const conditions = [isIn(MOMENT_COLUMNS[moment], during)]
  if (moment === 'answered') conditions.push(sql`conversations.first_customer_message_at IS NOT NULL`)
  if (moment !== 'created' && longerThanSeconds !== undefined)
    conditions.push(sql`${sql.ref(SECONDS_COLUMNS[moment])} > ${longerThanSeconds}`)
  return sql`(${sql.join(conditions, sql` AND `)})`
}

function hasMessageIn(during: During, moment: 'active' | 'asked'): Condition {
  const written = sql`${isIn('messages.created_at', during)}
    ${moment === 'asked' ? sql`AND messages.author_kind = 'customer'` : sql``}`
  // An hour of each week is in few conversations: they are looked for first.
  if (during.weekly)
    return sql`conversations.id IN (SELECT COALESCE(written.merged_into, written.id)
      FROM messages JOIN conversations AS written ON written.id = messages.conversation_id WHERE ${written})`
  return sql`(conversations.created_at < ${new Date(during.to)} AND conversations.updated_at >= ${new Date(during.from)}
    AND EXISTS (SELECT 1 FROM messages WHERE messages.conversation_id = conversations.id AND ${written}))`
}

function isIn(column: string, { from, to, weekly }: During): Condition {
  const period = { from: new Date(from), to: new Date(to) }
  const periods = weekly ? listWeeklyHours(period, weekly) : [period]
  if (periods.length === 0) return sql`FALSE`
  const at = sql.ref(column)
  const parts = periods.map((each) => sql`(${at} >= ${each.from} AND ${at} < ${each.to})`)
  return sql`(${sql.join(parts, sql` OR `)})`
}
