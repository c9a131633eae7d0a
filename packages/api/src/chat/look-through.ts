import { idBound, type MessageRow, type TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { listPartIds } from './find-head.ts'
import { findByTerms, idBehind } from './found-terms.ts'
import type { SearchMessagesInput } from './search-schema.ts'

type Db = Kysely<TenantTables>

/** Messages that are read at once where there is no index: by their conversations, or because they are new. */
const ROWS_AT_ONCE = 250
/** Ids bear the clock of the process that made them; an hour is far more than clocks differ by. */
const CLOCKS_DIFFER_MS = 3_600_000
const BEHIND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export type LookedAtRow = Pick<
  MessageRow,
  'id' | 'conversation_id' | 'seq' | 'author_kind' | 'author_id' | 'visibility' | 'body' | 'created_at'
>

/** Messages, the newest first, among which some are looked for. */
export interface LookedAt {
  rows: LookedAtRow[]
  /** No message with this id or a greater one comes any more. */
  lookedFrom: string
}

interface Looking extends Pick<SearchMessagesInput, 'conversationId' | 'customerId' | 'from' | 'to'> {
  pieces: readonly string[]
  /** Only messages with a smaller id; undefined: all. */
  beforeId: string | undefined
}

/** From here until before there. */
interface Ids {
  sinceId: string
  beforeId: string
}

/**
 * The messages that a search has to look at, the newest first, in portions. Those of some conversations, and those that the
 * index has not taken in yet, are read one after the other; of all others, those to which the index leads.
 */
export async function* lookThrough(db: Db, looking: Looking): AsyncGenerator<LookedAt> {
  const { conversationId, customerId, pieces } = looking
  const { sinceId, beforeId } = toIds(looking)
  if (conversationId !== undefined || customerId !== undefined) {
    // A part is read within its conversation, and found there.
    const places =
      conversationId === undefined ? undefined : [conversationId, ...(await listPartIds(db, conversationId))]
    yield* readOn(db, { sinceId, beforeId }, (ids) => idsOfConversations({ places, customerId }, ids))
    return
  }
  const through = await findMark(db)
  const behindMark = through === '' ? '' : idBehind(through)
  const sinceNew = largest(sinceId, behindMark)
  if (beforeId > sinceNew) {
    yield* readOn(db, { sinceId: sinceNew, beforeId }, newestIds)
    if (behindMark > sinceId) yield { rows: [], lookedFrom: behindMark }
  }
  if (behindMark <= sinceId) return
  const indexed = findByTerms(db, {
    pieces,
    sinceId,
    beforeId: beforeId < behindMark ? beforeId : behindMark,
  })
  for await (const { ids, lookedFrom } of indexed) yield { rows: await readRows(db, ids), lookedFrom }
}

function largest(one: string, other: string): string {
  return one > other ? one : other
}

/** Ids follow the time of writing. */
function toIds({ from, to, beforeId = BEHIND_ALL }: Looking): Ids {
  const bound = (time: string, byMs: number) => idBound(new Date(Math.max(0, Date.parse(time) + byMs)))
  const sinceId = from === undefined ? '' : bound(from, -CLOCKS_DIFFER_MS)
  const until = to === undefined ? BEHIND_ALL : bound(to, CLOCKS_DIFFER_MS)
  return { sinceId, beforeId: until < beforeId ? until : beforeId }
}

async function findMark(db: Db): Promise<string> {
  const mark = await db
    .selectFrom('message_terms_mark')
    .select('through_id')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return mark.through_id
}

/** Portion after portion of the ids that a statement gives. */
async function* readOn(
  db: Db,
  { sinceId, beforeId }: Ids,
  selectIds: (ids: Ids) => RawBuilder<unknown>,
): AsyncGenerator<LookedAt> {
  for (let before = beforeId; ;) {
    const { rows } = await sql<LookedAtRow>`
      SELECT ${COLUMNS} FROM (${selectIds({ sinceId, beforeId: before })} LIMIT ${sql.lit(ROWS_AT_ONCE)}) AS looked
      JOIN messages ON messages.id = looked.id ORDER BY messages.id DESC`.execute(db)
    const last = rows.at(-1)
    if (last) yield { rows, lookedFrom: last.id }
    if (!last || rows.length < ROWS_AT_ONCE) return
    before = last.id
  }
}

const COLUMNS = sql`messages.id, messages.conversation_id, messages.seq, messages.author_kind, messages.author_id,
  messages.visibility, messages.body, messages.created_at`

/** Whose messages: of these conversations, of a customer's, or both. */
interface Conversations {
  places: readonly string[] | undefined
  customerId: string | undefined
}

/** Entries of the index that orders a thread: left to itself, the server may read the whole table in the order of its ids. */
function idsOfConversations({ places, customerId }: Conversations, ids: Ids): RawBuilder<unknown> {
  const conditions = [sql`id >= ${ids.sinceId}`, sql`id < ${ids.beforeId}`]
  if (places) conditions.push(sql`conversation_id IN (${sql.join(places)})`)
  if (customerId !== undefined)
    conditions.push(sql`conversation_id IN (SELECT id FROM conversations WHERE customer_id = ${customerId})`)
  return sql`SELECT id FROM messages FORCE INDEX (messages_seq)
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY id DESC`
}

function newestIds({ sinceId, beforeId }: Ids): RawBuilder<unknown> {
  return sql`SELECT id FROM messages WHERE id >= ${sinceId} AND id < ${beforeId} ORDER BY id DESC`
}

async function readRows(db: Db, ids: readonly string[]): Promise<LookedAtRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<LookedAtRow>`
    SELECT ${COLUMNS} FROM messages WHERE messages.id IN (${sql.join(ids)}) ORDER BY messages.id DESC`.execute(
    db,
  )
  return rows
}
