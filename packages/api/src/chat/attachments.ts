import type { TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { type Attachment, toAttachment } from './model.ts'

type Db = Kysely<TenantTables>

const COLUMNS = ['id', 'name', 'media_type', 'bytes', 'width', 'height'] as const

/** By message id, for those that have any. One statement. */
export function listAttachments(db: Db, messageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
  return listBy(db, 'message_id', messageIds)
}

/** The same of messages that are to be sent later, by their ids. */
export function listScheduledAttachments(
  db: Db,
  scheduledIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  return listBy(db, 'scheduled_id', scheduledIds)
}

async function listBy(
  db: Db,
  column: 'message_id' | 'scheduled_id',
  ids: readonly string[],
): Promise<Map<string, Attachment[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('attachments')
    .where(column, 'in', ids)
    .where('discarded_at', 'is', null)
    .orderBy('position')
    .select([...COLUMNS, 'message_id', 'scheduled_id'])
    .execute()
  const byOwner = new Map<string, Attachment[]>()
  for (const row of rows) {
    const owner = row[column]
    if (owner !== null) byOwner.set(owner, [...(byOwner.get(owner) ?? []), toAttachment(row)])
  }
  return byOwner
}

interface Attaching {
  /** A message, or one for later. */
  to: { message_id: string; scheduled_id: null } | { scheduled_id: string }
  /** In the order in which they are to be shown; an id twice is once. */
  attachmentIds: readonly string[]
  /** Only who uploaded it may send it. */
  uploadedBy: string
  /** The message for later that has them so far; left out: they wait. */
  scheduledId?: string | undefined
}

/**
 * Makes files that wait a part of a message. Whoever sends the same file in another message at this moment waits for the
 * end of this transaction and then finds nothing.
 *
 * @throws DomainError NOT_FOUND with those that do not wait, or not for this person
 */
export async function attachToMessage(
  trx: Transaction<TenantTables>,
  { to, attachmentIds, uploadedBy, scheduledId }: Attaching,
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
    .where((eb) =>
      scheduledId === undefined ? eb('scheduled_id', 'is', null) : eb('scheduled_id', '=', scheduledId),
    )
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
      .set({ ...to, position })
      .where('id', '=', id)
      .execute()
  }
  return ids.flatMap((id) => byId.get(id) ?? [])
}
