import type { ConversationRow, TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { CONVERSATION_LABELS_MAX } from '../chat/schema.ts'
import { unknownConversation } from '../chat/queries.ts'
import { sameConversation } from './refusals.ts'
import { CONVERSATION_PARTS_MAX, type MergeRefusal } from './schema.ts'

type Db = Kysely<TenantTables>

interface Pair {
  merged: ConversationRow
  survivor: ConversationRow
}

/** Both rows in the order of their ids, so that two who merge the same two do not wait in a ring. NOT_FOUND if one is not there, INVALID if they are one. */
export async function lockPair(
  trx: Transaction<TenantTables>,
  ids: { mergedId: string; survivorId: string },
): Promise<Pair> {
  return toPair(await selectPair(trx, ids).orderBy('id').forUpdate().execute(), ids)
}

/** The same without locks. */
export async function readPair(db: Db, ids: { mergedId: string; survivorId: string }): Promise<Pair> {
  return toPair(await selectPair(db, ids).execute(), ids)
}

function selectPair(db: Db, { mergedId, survivorId }: { mergedId: string; survivorId: string }) {
  return db.selectFrom('conversations').selectAll().where('id', 'in', [mergedId, survivorId])
}

function toPair(
  rows: ConversationRow[],
  { mergedId, survivorId }: { mergedId: string; survivorId: string },
): Pair {
  const merged = rows.find(({ id }) => id === mergedId)
  const survivor = rows.find(({ id }) => id === survivorId)
  if (!merged || !survivor) throw unknownConversation()
  if (mergedId === survivorId) throw sameConversation()
  return { merged, survivor }
}

/** Labels by conversation. */
export async function listLabels(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('conversation_labels')
    .select(['conversation_id', 'label_id'])
    .where('conversation_id', 'in', ids)
    .orderBy('label_id')
    .execute()
  const labels = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const row of rows) labels.get(row.conversation_id)?.push(row.label_id)
  return labels
}

/** Whoever has left is not given a conversation: it would be in nobody's list. */
export async function findLiveMember(db: Db, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  const member = await db
    .selectFrom('members')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return member?.user_id ?? null
}

interface Together {
  /** Parts of either. */
  parts: number
  /** Labels of both. */
  labels: number
}

/** What two conversations together are too large for; null: nothing. */
export function findExcess({ parts, labels }: Together): Extract<MergeRefusal, 'full' | 'labels'> | null {
  if (parts + 2 > CONVERSATION_PARTS_MAX) return 'full'
  return labels > CONVERSATION_LABELS_MAX ? 'labels' : null
}
