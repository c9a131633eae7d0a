import type { TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { type Attachment, toAttachment } from './model.ts'

type Db = Kysely<TenantTables>

const COLUMNS = ['id', 'name', 'media_type', 'bytes', 'width', 'height'] as const

/** By message id, for those that have any. One statement. */
export async function listAttachments(
  db: Db,
  messageIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('attachments')
    .where('message_id', 'in', messageIds)
    .orderBy('position')
    .select([...COLUMNS, 'message_id'])
    .execute()
  const byMessage = new Map<string, Attachment[]>()
  for (const { message_id, ...row } of rows) {
    if (message_id === null) continue
    byMessage.set(message_id, [...(byMessage.get(message_id) ?? []), toAttachment(row)])
  }
  return byMessage
}

interface Attaching {
  messageId: string
  /** In the order in which they are to be shown; an id twice is once. */
  attachmentIds: readonly string[]
  /** Only who uploaded it may send it. */
  uploadedBy: string
}

/**
 * Makes files that wait a part of a message. Whoever sends the same file in another message at this moment waits for the
 * end of this transaction and then finds nothing.
 *
 * @throws DomainError NOT_FOUND with those that do not wait, or not for this person
 */
export async function attachToMessage(
  trx: Transaction<TenantTables>,
  { messageId, attachmentIds, uploadedBy }: Attaching,
): Promise<Attachment[]> {
  const ids = [...new Set(attachmentIds)]
  if (ids.length === 0) return []
  const rows = await trx
    .selectFrom('attachments')
    .where('id', 'in', ids)
    .where('uploaded_by', '=', uploadedBy)
    .where('message_id', 'is', null)
    .where('stored_at', 'is not', null)
    .where('discarded_at', 'is', null)
    .select(COLUMNS)
    .forUpdate()
    .execute()
  const byId = new Map(rows.map((row) => [row.id, toAttachment(row)]))
  const missing = ids.filter((id) => !byId.has(id))
  if (missing.length > 0) {
    throw new DomainError('NOT_FOUND', 'A file of this message is no longer here. Attach it again.', {
      details: { attachmentIds: missing },
    })
  }
  for (const [position, id] of ids.entries()) {
    await trx
      .updateTable('attachments')
      .set({ message_id: messageId, position })
      .where('id', '=', id)
      .execute()
  }
  return ids.flatMap((id) => byId.get(id) ?? [])
}
