import { type Database, idBound, newId } from '@sarai/db'
import type { Desk } from './desk.ts'

const ROWS_AT_ONCE = 1_000
const BETWEEN_MS = 60_000

interface History {
  desk: Desk
  conversationId: string
  count: number
  bodyOf: (seq: number) => string
}

/** A conversation as it is after so many messages of its customer, the last one an hour ago; straight into the database. */
export async function writeHistory(
  database: Database,
  { desk, conversationId, count, bodyOf }: History,
): Promise<void> {
  const start = Date.now() - 60 * 60_000 - count * BETWEEN_MS
  await database.withTenant(desk.tenantKey, async (db) => {
    const { customer_id } = await db
      .selectFrom('conversations')
      .select('customer_id')
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow()
    for (let from = 1; from <= count; from += ROWS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count + 1 - from) }, (_, at) => {
        const seq = from + at
        const createdAt = new Date(start + seq * BETWEEN_MS)
        return {
          id: `${idBound(createdAt)}-7000-8000-${seq.toString(16).padStart(12, '0')}`,
          conversation_id: conversationId,
          seq,
          client_id: newId(),
          author_kind: 'customer' as const,
          author_id: customer_id,
          visibility: 'public' as const,
          body: bodyOf(seq),
          created_at: createdAt,
        }
      })
      await db.insertInto('messages').values(rows).execute()
    }
    const now = new Date()
    await db
      .updateTable('conversations')
      .set({ last_seq: count, last_message_at: now, last_message_preview: bodyOf(count), updated_at: now })
      .where('id', '=', conversationId)
      .execute()
  })
}
