import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { LookedAtRow } from './look-through.ts'
import { makeSnippet } from './message-words.ts'
import type { FoundMessage } from './model.ts'

interface Found {
  rows: readonly LookedAtRow[]
  pieces: readonly string[]
}

/** With the names they are shown with, in the same order. */
export async function describeFound(
  db: Kysely<TenantTables>,
  { rows, pieces }: Found,
): Promise<FoundMessage[]> {
  if (rows.length === 0) return []
  const names = await selectNames(
    db,
    rows.map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    const named = names.get(row.id)
    return named ? [toFound(row, named, pieces)] : []
  })
}

type Named = Awaited<ReturnType<typeof selectNames>> extends Map<string, infer Row> ? Row : never

function toFound(row: LookedAtRow, named: Named, pieces: readonly string[]): FoundMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    mergedInto: named.merged_into,
    seq: row.seq,
    authorKind: row.author_kind,
    authorName: named.author_name,
    private: row.visibility === 'private',
    createdAt: row.created_at.toISOString(),
    customerId: named.customer_id,
    customerName: named.customer_name,
    subject: named.subject,
    snippet: makeSnippet(row.body, pieces),
  }
}

async function selectNames(db: Kysely<TenantTables>, ids: readonly string[]) {
  const rows = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .innerJoin('customers', 'customers.id', 'conversations.customer_id')
    .leftJoin('customers as writers', (join) =>
      join.onRef('writers.id', '=', 'messages.author_id').on('messages.author_kind', '=', 'customer'),
    )
    .leftJoin('members', (join) =>
      join.onRef('members.user_id', '=', 'messages.author_id').on('messages.author_kind', '=', 'agent'),
    )
    .leftJoin('api_keys', (join) =>
      join.onRef('api_keys.id', '=', 'messages.author_id').on('messages.author_kind', '=', 'agent'),
    )
    .select([
      'messages.id',
      'conversations.subject',
      'conversations.customer_id',
      'conversations.merged_into',
    ])
    .select('customers.name as customer_name')
    .select(sql<string | null>`COALESCE(members.name, api_keys.name, writers.name)`.as('author_name'))
    .where('messages.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
