import type { TenantTables } from '@sarai/db'
import { sql, type Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import type { ScopedContext } from '../trpc.ts'
import { getConversation } from './queries.ts'
import type { MarkReadInput } from './schema.ts'

/** Moves the member's read position forward; never back, and never past the last message. */
export async function markRead(
  ctx: ScopedContext,
  input: MarkReadInput,
): Promise<{ id: string; lastReadSeq: number }> {
  const conversation = await getConversation(ctx.db, input)
  const seq = Math.min(input.seq, conversation.lastSeq)
  const position = { id: input.id, userId: ctx.user.id }
  const known = await findLastReadSeq(ctx.db, position)
  if (seq <= known) return { id: input.id, lastReadSeq: known }
  return transact(ctx, async (trx, record) => {
    await advance(trx, { ...position, seq })
    const lastReadSeq = await findLastReadSeq(trx, position)
    record({ kind: 'conversation.read', entityId: input.id, userId: ctx.user.id, lastReadSeq })
    return { id: input.id, lastReadSeq }
  })
}

/** GREATEST: of two tabs that report at once, the further one wins whichever comes last. */
async function advance(
  trx: Transaction<TenantTables>,
  { id, userId, seq }: { id: string; userId: string; seq: number },
): Promise<void> {
  await sql`
    INSERT INTO conversation_reads (conversation_id, user_id, last_read_seq, read_at)
    VALUES (${id}, ${userId}, ${seq}, ${new Date()})
    ON DUPLICATE KEY UPDATE
      read_at = IF(VALUES(last_read_seq) > last_read_seq, VALUES(read_at), read_at),
      last_read_seq = GREATEST(last_read_seq, VALUES(last_read_seq))
  `.execute(trx)
}

async function findLastReadSeq(
  db: Pick<Transaction<TenantTables>, 'selectFrom'>,
  { id, userId }: { id: string; userId: string },
): Promise<number> {
  const row = await db
    .selectFrom('conversation_reads')
    .select('last_read_seq')
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.last_read_seq ?? 0
}
