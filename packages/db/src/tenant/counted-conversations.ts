import { type Kysely, sql } from 'kysely'

/** What the dashboard counts of a conversation, and where it stands what has been counted of it already. */
const FACTS = {
  created_at: 'counted_created_at',
  resolved_at: 'counted_resolved_at',
  resolution_seconds: 'counted_resolution_seconds',
  first_response_at: 'counted_response_at',
  first_response_seconds: 'counted_response_seconds',
} as const

/** Written out: an index cannot lean on a column that is computed itself. */
const SECONDS: Record<string, string> = {
  resolution_seconds: secondsBetween('created_at', 'resolved_at'),
  first_response_seconds: secondsBetween('first_customer_message_at', 'first_response_at'),
}

/** Durations have all in their indexes that is asked of them, so that no row is looked up. */
const INDEXES = [
  'conversations_uncounted (is_uncounted)',
  'conversations_response_seconds (first_response_seconds, first_response_at)',
  'conversations_resolution_seconds (resolution_seconds, resolved_at)',
]

/**
 * `conversations.is_uncounted`: whether anything that is counted differs from what was counted. The server computes it,
 * so whoever writes a conversation, an older process included, need not know of it. Columns first, which takes the server
 * no time however many rows there are, and then the indexes in one reading; both may be run again.
 */
export async function addUncounted(db: Kysely<unknown>): Promise<void> {
  const columns = await sql`SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'conversations' AND column_name = 'is_uncounted'`.execute(
    db,
  )
  if (columns.rows.length === 0)
    await sql.raw(`ALTER TABLE conversations ${listColumns().join(', ')}`).execute(db)
  const indexes = await sql`SELECT 1 FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND index_name = 'conversations_uncounted'`.execute(db)
  if (indexes.rows.length === 0)
    await sql
      .raw(`ALTER TABLE conversations ${INDEXES.map((index) => `ADD INDEX ${index}`).join(', ')}`)
      .execute(db)
}

function listColumns(): string[] {
  const facts = Object.entries(FACTS)
  const same = facts.map(([fact, counted]) => `(${SECONDS[fact] ?? fact}) <=> ${counted}`)
  return [
    ...Object.entries(SECONDS).map(
      ([column, seconds]) => `ADD COLUMN ${column} BIGINT AS (${seconds}) VIRTUAL`,
    ),
    ...facts.map(
      ([fact, counted]) => `ADD COLUMN ${counted} ${fact in SECONDS ? 'BIGINT' : 'DATETIME(3)'} NULL`,
    ),
    `ADD COLUMN is_uncounted TINYINT AS (NOT (${same.join(' AND ')})) VIRTUAL`,
  ]
}

/** Null where one of them has not happened; a clock that went back makes nothing shorter than nothing. */
function secondsBetween(begin: string, end: string): string {
  return `GREATEST(0, TIMESTAMPDIFF(SECOND, ${begin}, ${end}))`
}
