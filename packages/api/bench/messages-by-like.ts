import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { containsText } from '../src/like.ts'
import { FOUND_LIMIT_DEFAULT, type SearchMessagesInput } from '../src/chat/search-schema.ts'

/** What one would write first: every word anywhere in the text as it is stored, the last written first. */
export async function findByLike(
  db: Kysely<TenantTables>,
  { search, authorId, conversationId }: SearchMessagesInput,
): Promise<unknown[]> {
  const words = search.split(/\s+/).filter((word) => word !== '')
  let query = db
    .selectFrom('messages')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(FOUND_LIMIT_DEFAULT + 1)
  for (const word of words) query = query.where(containsText(['messages.body'], word))
  if (authorId !== undefined) query = query.where('author_id', '=', authorId)
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId)
  return query.execute()
}
