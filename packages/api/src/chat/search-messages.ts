import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { decodeOpaque, encodeOpaque } from '../cursor.ts'
import { describeFound } from './describe-found.ts'
import { type LookedAt, type LookedAtRow, lookThrough } from './look-through.ts'
import { hasPieces, readPieces } from './message-words.ts'
import type { FoundMessage } from './model.ts'
import { FOUND_LIMIT_DEFAULT, type SearchMessagesInput } from './search-schema.ts'

type Db = Kysely<TenantTables>

/**
 * For so long a page is filled; then it is answered as it is, with where the next one goes on. What is frequent or rare
 * alone takes a few milliseconds: only words that are frequent apart and rare together come here.
 */
const SEARCH_MS_MAX = 120

/** As much of an id as a page has come to, and whose search that was. */
const Place = z.tuple([
  z.literal('found'),
  z.string().regex(/^[0-9a-f]{5}([0-9a-f]{3}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/),
])

/**
 * Messages that have, for every piece of what was typed, words that begin so (`message-words.ts`), the last written first.
 * Deleted ones have no words, edited ones those that they have now.
 */
export async function searchMessages(
  db: Db,
  input: SearchMessagesInput,
  { msMax = SEARCH_MS_MAX } = {},
): Promise<{ items: FoundMessage[]; nextCursor: string | null }> {
  const pieces = readPieces(input.search)
  if (pieces.length === 0) return { items: [], nextCursor: null }
  const limit = input.limit ?? FOUND_LIMIT_DEFAULT
  const beforeId = input.cursor ? decodeOpaque(input.cursor, Place)[1] : undefined
  const page = await fillPage(lookThrough(db, { ...input, pieces, beforeId }), {
    isFound: (row) => isWanted(row, input) && hasPieces(row.body, pieces),
    limit,
    msMax,
  })
  return {
    items: await describeFound(db, { rows: page.rows, pieces }),
    nextCursor: page.lookedFrom === null ? null : encodeOpaque(['found', page.lookedFrom]),
  }
}

interface Filling {
  isFound: (row: LookedAtRow) => boolean
  limit: number
  msMax: number
}

/** `lookedFrom`: where the next page goes on; null: there is nothing more. */
interface FilledPage {
  rows: LookedAtRow[]
  lookedFrom: string | null
}

async function fillPage(
  portions: AsyncIterable<LookedAt>,
  { isFound, limit, msMax }: Filling,
): Promise<FilledPage> {
  const since = performance.now()
  const found: LookedAtRow[] = []
  for await (const { rows, lookedFrom } of portions) {
    found.push(...rows.filter(isFound))
    if (found.length > limit) return { rows: found.slice(0, limit), lookedFrom: found[limit - 1]?.id ?? null }
    if (performance.now() - since >= msMax) return { rows: found, lookedFrom }
  }
  return { rows: found, lookedFrom: null }
}

function isWanted(row: LookedAtRow, input: SearchMessagesInput): boolean {
  const { authorId, authorKind, from, to } = input
  if (authorId !== undefined && row.author_id !== authorId) return false
  if (authorKind !== undefined && row.author_kind !== authorKind) return false
  if (input.private !== undefined && (row.visibility === 'private') !== input.private) return false
  if (from !== undefined && row.created_at < new Date(from)) return false
  return to === undefined || row.created_at < new Date(to)
}
