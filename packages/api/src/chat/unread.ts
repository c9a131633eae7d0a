import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'

/** Nobody reads a badge beyond this; it bounds what is scanned for a conversation that was never opened. */
export const UNREAD_COUNT_MAX = 100

interface ReadPosition {
  id: string
  lastSeq: number
  lastReadSeq: number
}

/** For each conversation with any: its messages that are behind the member's position and not their own. */
export async function countUnread(
  db: Kysely<TenantTables>,
  { userId, conversations }: { userId: string; conversations: ReadPosition[] },
): Promise<Map<string, number>> {
  const behind = conversations.filter(({ lastSeq, lastReadSeq }) => lastReadSeq < lastSeq)
  if (behind.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .where((eb) =>
      eb.or(
        behind.map((position) =>
          eb('conversation_id', '=', position.id).and('seq', '>', countFrom(position)),
        ),
      ),
    )
    // What a rule wrote is news to nobody.
    .where('author_kind', '!=', 'system')
    .where((eb) => eb.or([eb('author_kind', '!=', 'agent'), eb('author_id', '!=', userId)]))
    .groupBy('conversation_id')
    .select((eb) => ['conversation_id', eb.fn.countAll<number>().as('count')])
    .execute()
  return new Map(rows.map((row) => [row.conversation_id, Number(row.count)]))
}

/** Ranges of literal numbers, which the server reads from the (conversation_id, seq) index. */
function countFrom({ lastSeq, lastReadSeq }: ReadPosition): number {
  return Math.max(lastReadSeq, lastSeq - UNREAD_COUNT_MAX)
}
