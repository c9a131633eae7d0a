import { idBound, indexMessages, type TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Chore } from '../change/chores.ts'

/**
 * Only what was written longer ago is taken in: it cannot be edited or deleted any more (MESSAGE_CHANGE_MINUTES_MAX), and
 * no transaction that made an older id is still under way. What is younger is read by the search itself.
 */
export const INDEXED_AFTER_MS = 20 * 60_000
/** Messages of one transaction: a few tenths of a second. */
const INDEX_ROWS_MAX = 500
const INDEX_EVERY_MS = 60_000

/**
 * Writes down the words of all messages that are old enough, in the order in which they were written. Each step commits them
 * together with how far it has come, so it may be cut off anywhere and run in several processes. Says how many messages
 * it took in.
 */
export async function indexOldMessages(
  db: Kysely<TenantTables>,
  { now = new Date(), rowsMax = INDEX_ROWS_MAX } = {},
): Promise<number> {
  const beforeId = idBound(new Date(now.getTime() - INDEXED_AFTER_MS))
  for (let indexed = 0; ;) {
    const rows = await db.transaction().execute((trx) => indexNext(trx, { beforeId, rowsMax }))
    indexed += rows
    if (rows < rowsMax) return indexed
  }
}

async function indexNext(
  trx: Transaction<TenantTables>,
  { beforeId, rowsMax }: { beforeId: string; rowsMax: number },
): Promise<number> {
  const mark = await trx
    .selectFrom('message_terms_mark')
    .select('through_id')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ count: number; lastId: string | null }>`
    SELECT COUNT(*) AS count, MAX(id) AS lastId FROM (
      SELECT id FROM messages WHERE id > ${mark.through_id} AND id < ${beforeId} ORDER BY id LIMIT ${rowsMax}
    ) AS next`.execute(trx)
  const { count, lastId } = rows[0] ?? { count: 0, lastId: null }
  if (lastId === null) return 0
  await indexMessages(trx, { afterId: mark.through_id, throughId: lastId })
  await trx.updateTable('message_terms_mark').set({ through_id: lastId }).where('id', '=', 1).execute()
  return Number(count)
}

export const INDEX_MESSAGES: Chore = {
  label: 'chat.index-messages',
  everyMs: INDEX_EVERY_MS,
  run: ({ db }) => indexOldMessages(db),
}
