import { blockOf, firstOfBlock, TERM_LENGTH_MAX, type TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { escapeLike, LIKE_ESCAPE } from '../like.ts'

type Db = Kysely<TenantTables>

/** A word with no more messages than this leads to all candidates at once; their other words are compared one by one. */
export const CANDIDATES_MAX = 1_000
/** Words whose frequency is asked for; the others are only compared. */
const WORDS_COUNTED_MAX = 6
/** Ids that are handed on at once. */
const IDS_AT_ONCE = 100
/** What one statement over blocks should take: the next one takes as many blocks as the last was fast. */
const STATEMENT_MS = 25
const BLOCKS_GROWTH_MAX = 4

/** Ids, the newest first, and up to which id everything has been looked at. */
interface Found {
  ids: string[]
  lookedFrom: string
}

interface Wanted {
  pieces: readonly string[]
  /** Only messages with a smaller id. */
  beforeId: string
  /** Only messages with this id or a greater one; '': all. */
  sinceId: string
}

/**
 * Messages whose words the index has, the newest first, in portions: those that have for every word of the pieces a word
 * that begins so. Each portion is one statement of index entries alone. Some may not be what is looked for any more.
 */
export async function* findByTerms(db: Db, range: Wanted): AsyncGenerator<Found> {
  const words = wordsOf(range.pieces)
  const [first, newest] = await findBlocks(db)
  const oldest = range.sinceId === '' ? first : Math.max(first, blockOf(range.sinceId))
  const latest = Math.min(newest, blockOf(idBefore(range.beforeId)))
  if (!(oldest <= latest)) return
  const blocks = Array.from({ length: latest - oldest + 1 }, (_, at) => latest - at)
  const rarest = words.length > 1 ? await findRarest(db, { words, blocks }) : undefined
  if (rarest !== undefined) yield* findCandidates(db, { word: rarest, blocks, beforeId: range.beforeId })
  else yield* walkBlocks(db, { words, blocks, beforeId: range.beforeId })
}

/** The longest first: the rarest is among them. */
function wordsOf(pieces: readonly string[]): string[] {
  const words = new Set(
    pieces.flatMap((piece) => piece.split(' ')).map((word) => word.slice(0, TERM_LENGTH_MAX)),
  )
  return [...words].toSorted((one, other) => other.length - one.length).slice(0, WORDS_COUNTED_MAX)
}

/** SELECT MIN(block), MAX(block): an index entry each. */
async function findBlocks(db: Db): Promise<[oldest: number, newest: number]> {
  const { oldest, newest } = await db
    .selectFrom('message_terms')
    .select((eb) => [eb.fn.min('block').as('oldest'), eb.fn.max('block').as('newest')])
    .executeTakeFirstOrThrow()
  return oldest === null || newest === null ? [0, -1] : [Number(oldest), Number(newest)]
}

interface Blocks {
  /** The newest first. */
  blocks: readonly number[]
}

/** SELECT COUNT(*) FROM (SELECT 1 … LIMIT 1001) for each word; the rarest if its messages are few enough. */
async function findRarest(
  db: Db,
  { words, blocks }: Blocks & { words: readonly string[] },
): Promise<string | undefined> {
  const counts = words.map(
    (word, at) => sql`
      (SELECT COUNT(*) FROM (
        SELECT 1 FROM message_terms WHERE ${inBlocks(blocks)} AND ${begins(word)} LIMIT ${sql.lit(CANDIDATES_MAX + 1)}
      ) AS ${sql.ref(`terms${at}`)}) AS ${sql.ref(`count${at}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(counts)}`.execute(db)
  const countOf = (at: number) => Number(rows[0]?.[`count${at}`] ?? 0)
  const rarest = words.reduce((best, _word, at) => (countOf(at) < countOf(best) ? at : best), 0)
  return countOf(rarest) <= CANDIDATES_MAX ? words[rarest] : undefined
}

async function* findCandidates(
  db: Db,
  { word, blocks, beforeId }: Blocks & { word: string; beforeId: string },
): AsyncGenerator<Found> {
  const ids = await selectIds(db, { words: [word], blocks, beforeId, limit: CANDIDATES_MAX })
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const part = ids.slice(from, from + IDS_AT_ONCE)
    yield { ids: part, lookedFrom: part.at(-1) ?? '' }
  }
}

/** Few blocks first, then more as long as that is fast: frequent words are met soon, rare ones by a few statements. */
async function* walkBlocks(
  db: Db,
  { words, blocks, beforeId }: Blocks & { words: readonly string[]; beforeId: string },
): AsyncGenerator<Found> {
  let before = beforeId
  let many = 1
  for (let at = 0; at < blocks.length;) {
    const part = blocks.slice(at, at + many)
    const since = performance.now()
    const ids = await selectIds(db, { words, blocks: part, beforeId: before, limit: IDS_AT_ONCE })
    const tookMs = performance.now() - since
    const isCut = ids.length === IDS_AT_ONCE
    before = (isCut ? ids.at(-1) : firstOfBlock(part.at(-1) ?? 0)) ?? before
    yield { ids, lookedFrom: before }
    if (isCut) continue
    at += part.length
    many = Math.max(1, Math.floor(part.length * Math.min(BLOCKS_GROWTH_MAX, STATEMENT_MS / tookMs)))
  }
}

interface IdsQuery extends Blocks {
  words: readonly string[]
  beforeId: string
  limit: number
}

/** Those that have all the words, the newest first. */
async function selectIds(db: Db, { words, blocks, beforeId, limit }: IdsQuery): Promise<string[]> {
  const [only] = words
  const query =
    words.length === 1 && only !== undefined
      ? sql<{ id: Buffer }>`SELECT DISTINCT message_id AS id FROM message_terms
          WHERE ${inBlocks(blocks)} AND ${begins(only)} AND message_id < ${toBytes(beforeId)}
          ORDER BY message_id DESC LIMIT ${sql.lit(limit)}`
      : sql<{ id: Buffer }>`SELECT message_id AS id FROM message_terms
          WHERE ${inBlocks(blocks)} AND (${sql.join(words.map(begins), sql` OR `)}) AND message_id < ${toBytes(beforeId)}
          GROUP BY message_id HAVING ${sql.join(
            words.map((word) => sql`MAX(${begins(word)}) = 1`),
            sql` AND `,
          )}
          ORDER BY message_id DESC LIMIT ${sql.lit(limit)}`
  const { rows } = await query.execute(db)
  return rows.map(({ id }) => toId(id))
}

/** A list of equalities, so that each block's words are a range of the primary key. */
function inBlocks(blocks: readonly number[]): RawBuilder<unknown> {
  return sql`block IN (${sql.join(blocks.map((block) => sql.lit(block)))})`
}

function begins(word: string): RawBuilder<unknown> {
  return sql`term LIKE ${`${escapeLike(word)}%`} ESCAPE ${sql.lit(LIKE_ESCAPE)}`
}

/** The id that comes next: whatever is smaller than it is this one or smaller. */
export function idBehind(id: string): string {
  return fromNumber(toNumber(id) + 1n)
}

/** The greatest id that is smaller: it lies in the block before, if this one begins a block. */
function idBefore(id: string): string {
  return fromNumber(toNumber(id) - 1n)
}

function toNumber(id: string): bigint {
  return BigInt(`0x${toBytes(id).toString('hex')}`)
}

function fromNumber(number: bigint): string {
  return toId(Buffer.from((number < 0n ? 0n : number).toString(16).padStart(32, '0'), 'hex'))
}

/** Also of the beginning of an id: the smallest that begins so. */
function toBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', '').padEnd(32, '0'), 'hex')
}

function toId(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
