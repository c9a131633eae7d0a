import type { CustomerRow, TenantTables } from '@sarai/db'
import { type Transaction, sql } from 'kysely'
import { CUSTOMER_TAGS_MAX } from '../customer/schema.ts'
import { DomainError } from '../errors.ts'
import type { MergeRecord } from './merge-record.ts'

type Trx = Transaction<TenantTables>

interface Sides {
  survivor: Pick<CustomerRow, 'id'>
  others: readonly Pick<CustomerRow, 'id'>[]
}

/** Gives the survivor everybody's tags; says which were new. The others keep theirs, for when it is undone. */
export async function mergeTags(trx: Trx, { survivor, others }: Sides): Promise<string[]> {
  const ids = [survivor, ...others].map(({ id }) => id)
  const rows = await trx.selectFrom('customer_tags').selectAll().where('customer_id', 'in', ids).execute()
  const own = new Set(rows.filter((row) => row.customer_id === survivor.id).map((row) => row.tag_id))
  const added = [...new Set(rows.map((row) => row.tag_id))].filter((tagId) => !own.has(tagId))
  if (own.size + added.length > CUSTOMER_TAGS_MAX) {
    throw new DomainError(
      'CONFLICT',
      `Together they have more than ${CUSTOMER_TAGS_MAX} tags. Take some away first.`,
      {
        details: { reason: 'tags' },
      },
    )
  }
  if (added.length === 0) return []
  await trx
    .insertInto('customer_tags')
    .values(added.map((tagId) => ({ customer_id: survivor.id, tag_id: tagId })))
    .execute()
  return added
}

/** Writes the values a merge or its undo gives the survivor: `after` of each. */
export async function writeFields(
  trx: Trx,
  customerId: string,
  fields: MergeRecord['fields'],
): Promise<void> {
  for (const [field_id, { after }] of Object.entries(fields)) {
    if (after === null) {
      const stored = trx.deleteFrom('customer_field_values').where('customer_id', '=', customerId)
      await stored.where('field_id', '=', field_id).execute()
      continue
    }
    await trx
      .replaceInto('customer_field_values')
      .values({ customer_id: customerId, field_id, value: after })
      .execute()
  }
}

/** Gives the survivor everybody's conversations and writes down whose each was. */
export async function moveConversations(
  trx: Trx,
  { mergeId, survivor, others }: Sides & { mergeId: string },
): Promise<void> {
  const from = sql.join(others.map(({ id }) => id))
  await sql`INSERT INTO customer_merge_moves (merge_id, conversation_id, from_id)
    SELECT ${mergeId}, id, customer_id FROM conversations WHERE customer_id IN (${from})`.execute(trx)
  await sql`UPDATE conversations SET customer_id = ${survivor.id} WHERE customer_id IN (${from})`.execute(trx)
}

/** Gives the conversations that a merge has moved back to whose they were. */
export async function moveConversationsBack(
  trx: Trx,
  { mergeId, survivorId }: { mergeId: string; survivorId: string },
): Promise<void> {
  await sql`UPDATE conversations
    JOIN customer_merge_moves AS moved ON moved.conversation_id = conversations.id AND moved.merge_id = ${mergeId}
    SET conversations.customer_id = moved.from_id
    WHERE conversations.customer_id = ${survivorId}`.execute(trx)
}
