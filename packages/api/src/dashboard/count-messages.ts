import { idBound, type TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Chore } from '../change/chores.ts'

/**
 * Only what was written longer ago is counted for good: an id is made before its transaction commits, on the clock of
 * its process. No transaction lasts a minute, no clock of a fleet is wrong by a quarter of an hour.
 */
export const COUNTED_AFTER_MS = 15 * 60_000
/** Messages of one transaction. */
export const COUNT_ROWS_MAX = 10_000
const COUNT_EVERY_MS = 5 * 60_000

/**
 * Brings `message_quarters` up to date in the order in which messages were written, whatever time they bear: one
 * brought in later with an old date is counted like any other. Each step commits its counts together with how far it
 * has come, so it may be cut off anywhere and run in several processes. Says how many messages it counted.
 */
export async function countMessages(
  db: Kysely<TenantTables>,
  { now = new Date(), rowsMax = COUNT_ROWS_MAX } = {},
): Promise<number> {
  const beforeId = idBound(new Date(now.getTime() - COUNTED_AFTER_MS))
  for (let counted = 0; ;) {
    const rows = await db.transaction().execute((trx) => countNext(trx, { beforeId, rowsMax }))
    counted += rows
    if (rows < rowsMax) return counted
  }
}

async function countNext(
  trx: Transaction<TenantTables>,
  { beforeId, rowsMax }: { beforeId: string; rowsMax: number },
): Promise<number> {
  const mark = await trx
    .selectFrom('message_quarters_mark')
    .select('through_id')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const next = sql`FROM messages WHERE id > ${mark.through_id} AND id < ${beforeId} ORDER BY id LIMIT ${rowsMax}`
  const { rows } = await sql<{ count: number; lastId: string | null }>`
    SELECT COUNT(*) AS count, MAX(id) AS lastId FROM (SELECT id ${next}) AS next`.execute(trx)
  const { count, lastId } = rows[0] ?? { count: 0, lastId: null }
  if (lastId === null) return 0
  await sql`
    INSERT INTO message_quarters (quarter, author_kind, messages)
    SELECT DATE(created_at) + INTERVAL (HOUR(created_at) * 60 + MINUTE(created_at) DIV 15 * 15) MINUTE AS quarter,
           author_kind, COUNT(*)
    FROM messages WHERE id > ${mark.through_id} AND id <= ${lastId}
    GROUP BY quarter, author_kind
    ON DUPLICATE KEY UPDATE messages = message_quarters.messages + VALUES(messages)`.execute(trx)
  await trx.updateTable('message_quarters_mark').set({ through_id: lastId }).where('id', '=', 1).execute()
  return count
}

export const COUNT_MESSAGES: Chore = {
  label: 'dashboard.count-messages',
  everyMs: COUNT_EVERY_MS,
  run: ({ db }) => countMessages(db),
}
