import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type ConversationFilter, matchesFilter } from './conversation-filter.ts'
import type { ConversationCounts } from './model.ts'
import {
  CONVERSATION_BOXES,
  CONVERSATION_COUNT_MAX,
  CONVERSATION_STATUSES,
  type CountConversationsInput,
} from './schema.ts'

/**
 * How many conversations each list would have: every box with the asked status, every status in the asked box. One
 * statement, and each number stops at CONVERSATION_COUNT_MAX rows of an index, so that a tenant with a million of them
 * pays for no more.
 */
export async function countConversations(
  db: Kysely<TenantTables>,
  input: CountConversationsInput & { userId: string },
): Promise<ConversationCounts> {
  const numbers = [
    ...CONVERSATION_BOXES.map((box) => countUpTo({ ...input, box })),
    ...CONVERSATION_STATUSES.map((status) => countUpTo({ ...withoutStatus(input), status })),
    countUpTo({ ...withoutStatus(input), status: 'open', waiting: true }),
  ]
  const columns = numbers.map((number, index) => sql`${number} AS ${sql.id(`n${index}`)}`)
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(columns)}`.execute(db)
  const counted = numbers.map((_, index) => Number(rows[0]?.[`n${index}`]))
  const [mine = 0, unassigned = 0, all = 0, mentions = 0, open = 0, snoozed = 0, resolved = 0, waiting = 0] =
    counted
  return { boxes: { mine, unassigned, all, mentions }, statuses: { open, snoozed, resolved, waiting } }
}

function withoutStatus({ status: _, waiting: __, ...rest }: ConversationFilter): ConversationFilter {
  return rest
}

/** As many as the list has, up to CONVERSATION_COUNT_MAX; a search cannot be counted so. */
export function countUpTo(filter: ConversationFilter): RawBuilder<number> {
  return sql`(SELECT COUNT(*) FROM (SELECT 1 FROM conversations WHERE ${matchesFilter(filter)}
    LIMIT ${sql.lit(CONVERSATION_COUNT_MAX)}) AS counted)`
}
