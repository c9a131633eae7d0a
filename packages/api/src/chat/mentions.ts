import type { MessageRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import type { Mention } from './model.ts'

/**
 * Who is to be named, with the names that members have now. Somebody who left while the note was being written, perhaps
 * without a network, is no reason to refuse it: they are named to nobody. An id that never was a member's is NOT_FOUND.
 */
export async function findMentioned(
  trx: Transaction<TenantTables>,
  userIds: readonly string[],
): Promise<Mention[]> {
  const wanted = [...new Set(userIds)]
  if (wanted.length === 0) return []
  const rows = await trx
    .selectFrom('members')
    .where('user_id', 'in', wanted)
    .select(['user_id', 'name', 'removed_at'])
    .orderBy('user_id')
    .execute()
  if (rows.length < wanted.length) throw new DomainError('NOT_FOUND', 'There is no such member to name.')
  return rows.filter((row) => row.removed_at === null).map((row) => ({ userId: row.user_id, name: row.name }))
}

/** In the transaction of their message. */
export async function insertMentions(
  trx: Transaction<TenantTables>,
  { row, mentions }: { row: MessageRow; mentions: Mention[] },
): Promise<void> {
  if (mentions.length === 0) return
  const { id: message_id, conversation_id } = row
  const rows = mentions.map(({ userId, name }) => ({ message_id, conversation_id, user_id: userId, name }))
  await trx.insertInto('message_mentions').values(rows).execute()
}
