import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { Board } from './merge-boards.ts'

type Db = Kysely<TenantTables>

/** How often a process writes its board if nothing changes. */
export const PRESENCE_BEAT_MS = 10_000
/** A board older than that is one of a process that has gone. */
export const PRESENCE_DEAD_MS = 25_000

const isAlive = sql<boolean>`written_at > UTC_TIMESTAMP(3) - INTERVAL ${sql.lit(PRESENCE_DEAD_MS / 1_000)} SECOND`

/** What the other processes know. All times are the database's: the clocks of two machines differ. */
export async function readOtherBoards(db: Db, processId: string): Promise<Board[]> {
  const rows = await db
    .selectFrom('presence_boards')
    .select(sql<string>`CAST(board AS CHAR)`.as('board'))
    .where('process_id', '!=', processId)
    .where(isAlive)
    .execute()
  // Written below and by nobody else.
  return rows.map(({ board }) => JSON.parse(board) as Board)
}

export async function writeBoard(db: Db, { processId, board }: { processId: string; board: Board }) {
  await sql`
    INSERT INTO presence_boards (process_id, board, written_at)
    VALUES (${processId}, ${JSON.stringify(board)}, UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE board = VALUES(board), written_at = VALUES(written_at)
  `.execute(db)
}

/** Of this process, and of those that went without a word. */
export async function deleteBoards(db: Db, processId: string): Promise<void> {
  await db
    .deleteFrom('presence_boards')
    .where((eb) => eb.or([eb('process_id', '=', processId), eb.not(isAlive)]))
    .execute()
}
