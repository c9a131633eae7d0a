import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { UNREAD_CONVERSATIONS_MAX } from './schema.ts'

/**
 * Open conversations of the member in which a customer waits for an answer and which the member has not read to the
 * end: the number in the tab's title. Counted up to one more than UNREAD_CONVERSATIONS_MAX.
 */
export async function countUnreadConversations(
  db: Kysely<TenantTables>,
  { userId }: { userId: string },
): Promise<{ count: number }> {
  const rows = await db
    .selectFrom('conversations')
    .leftJoin('conversation_reads as reads', (join) =>
      join.onRef('reads.conversation_id', '=', 'conversations.id').on('reads.user_id', '=', userId),
    )
    .where('conversations.assignee_id', '=', userId)
    .where('conversations.status', '=', 'open')
    .where('conversations.waiting_since', 'is not', null)
    .where((eb) => eb('conversations.last_seq', '>', eb.fn.coalesce('reads.last_read_seq', eb.lit(0))))
    .select('conversations.id')
    .limit(UNREAD_CONVERSATIONS_MAX + 1)
    .execute()
  return { count: rows.length }
}
