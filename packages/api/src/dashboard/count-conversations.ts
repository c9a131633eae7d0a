import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Chore } from '../change/chores.ts'
import { MOMENTS, quarterOf, stepOf, TIMED } from './conversation-facts.ts'

type Trx = Transaction<TenantTables>
type Ids = RawBuilder<unknown>

/** Conversations of one transaction: so many are locked for some milliseconds, and whoever writes to one waits. */
export const COUNT_CONVERSATIONS_MAX = 200
/** Then a connection is given back; what is left is for the next time. */
const COUNT_MS_MAX = 20_000
const COUNT_EVERY_MS = 5 * 60_000

/**
 * Brings `conversation_quarters` and `duration_days` up to date with every conversation that changed since it was
 * counted: what was counted of it is taken off, what it is now is added, and the row says so, in one transaction. It may
 * be cut off anywhere and run in several processes. Says how many it counted; one that somebody writes to is
 * left for the next time.
 */
export async function countConversations(
  db: Kysely<TenantTables>,
  { rowsMax = COUNT_CONVERSATIONS_MAX, msMax = COUNT_MS_MAX } = {},
): Promise<number> {
  const until = performance.now() + msMax
  let counted = 0
  // From one to the next: what was counted stays in the index for a while, and would be read over again each time.
  for (let after = ''; ;) {
    const step = await db.transaction().execute((trx) => countNext(trx, { after, rowsMax }))
    counted += step.counted
    if (step.last === undefined || performance.now() > until) return counted
    after = step.last
  }
}

/** `last`: the one behind which to go on; undefined when there are no more. */
async function countNext(
  trx: Trx,
  { after, rowsMax }: { after: string; rowsMax: number },
): Promise<{ counted: number; last: string | undefined }> {
  await waitForTurn(trx)
  const found = await trx
    .selectFrom('conversations')
    .select('id')
    .where('is_uncounted', '=', 1)
    .where('id', '>', after)
    .orderBy('id')
    .limit(rowsMax)
    .execute()
  if (found.length === 0) return { counted: 0, last: undefined }
  const mine = await trx
    .selectFrom('conversations')
    .select('id')
    .where(
      'id',
      'in',
      found.map(({ id }) => id),
    )
    .forUpdate()
    .skipLocked()
    .execute()
  if (mine.length > 0) await recount(trx, sql`(${sql.join(mine.map(({ id }) => id))})`)
  return { counted: mine.length, last: found.length < rowsMax ? undefined : found.at(-1)?.id }
}

/** One counting at a time, of messages or of conversations: two would lock the same quarters in different order. */
async function waitForTurn(trx: Trx): Promise<void> {
  await trx.selectFrom('message_quarters_mark').select('id').where('id', '=', 1).forUpdate().execute()
}

async function recount(trx: Trx, ids: Ids): Promise<void> {
  const moments = Object.entries(MOMENTS).flatMap(([moment, { at, countedAt }]) => [
    sql`SELECT ${moment} AS moment, ${quarterOf(at)} AS quarter, 1 AS count FROM mine WHERE ${sql.ref(at)} IS NOT NULL`,
    sql`SELECT ${moment}, ${quarterOf(countedAt)}, -1 FROM mine WHERE ${sql.ref(countedAt)} IS NOT NULL`,
  ])
  await add(trx, { table: 'conversation_quarters', by: sql`moment, quarter`, rows: moments, ids })
  const durations = Object.entries(TIMED).flatMap(([timed, { at, seconds, countedAt, countedSeconds }]) => [
    sql`SELECT ${timed} AS timed, CAST(DATE(${sql.ref(at)}) AS DATETIME) AS day, ${stepOf(seconds)} AS step, 1 AS count
        FROM mine WHERE ${sql.ref(seconds)} IS NOT NULL`,
    sql`SELECT ${timed}, CAST(DATE(${sql.ref(countedAt)}) AS DATETIME), ${stepOf(countedSeconds)}, -1
        FROM mine WHERE ${sql.ref(countedSeconds)} IS NOT NULL`,
  ])
  await add(trx, { table: 'duration_days', by: sql`timed, day, step`, rows: durations, ids })
  await sql`UPDATE conversations SET
      counted_created_at = created_at, counted_resolved_at = resolved_at,
      counted_resolution_seconds = resolution_seconds, counted_response_at = first_response_at,
      counted_response_seconds = first_response_seconds
    WHERE id IN ${ids}`.execute(trx)
}

interface Additions {
  table: 'conversation_quarters' | 'duration_days'
  by: RawBuilder<unknown>
  rows: RawBuilder<unknown>[]
  ids: Ids
}

async function add(trx: Trx, { table, by, rows, ids }: Additions): Promise<void> {
  await sql`
    INSERT INTO ${sql.table(table)} (${by}, conversations)
    WITH mine AS (SELECT * FROM conversations WHERE id IN ${ids})
    SELECT ${by}, SUM(count) FROM (${sql.join(rows, sql` UNION ALL `)}) AS moved GROUP BY ${by} HAVING SUM(count) <> 0
    ON DUPLICATE KEY UPDATE conversations = ${sql.table(table)}.conversations + VALUES(conversations)`.execute(
    trx,
  )
}

export const COUNT_CONVERSATIONS: Chore = {
  label: 'dashboard.count-conversations',
  everyMs: COUNT_EVERY_MS,
  run: ({ db }) => countConversations(db),
}
