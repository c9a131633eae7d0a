import type { TenantTables } from '@sarai/db'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { listScheduledAttachments } from '../chat/attachments.ts'
import type { Attachment } from '../chat/model.ts'
import { DomainError } from '../errors.ts'
import type { ScheduledMessage } from './model.ts'
import type { HeldReason } from './schema.ts'

type Db = Kysely<TenantTables>
export type ScheduledRow = Selectable<TenantTables['scheduled_messages']>

function selectScheduled(db: Db) {
  return db
    .selectFrom('scheduled_messages')
    .innerJoin('conversations', 'conversations.id', 'scheduled_messages.conversation_id')
    .innerJoin('customers', 'customers.id', 'conversations.customer_id')
    .innerJoin('members', 'members.user_id', 'scheduled_messages.author_id')
    .selectAll('scheduled_messages')
    .select(['customers.name as customer_name', 'members.name as author_name'])
    .orderBy('scheduled_messages.send_at')
    .orderBy('scheduled_messages.id')
}

type NamedRow = ScheduledRow & { customer_name: string; author_name: string }

async function readScheduled(db: Db, rows: readonly NamedRow[]): Promise<ScheduledMessage[]> {
  const attachments = await listScheduledAttachments(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => toScheduled(row, attachments.get(row.id)))
}

function toScheduled(row: NamedRow, attachments: Attachment[] = []): ScheduledMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    customerName: row.customer_name,
    clientId: row.client_id,
    authorId: row.author_id,
    authorName: row.author_name,
    body: row.body,
    private: row.visibility === 'private',
    ...(row.mentions && { mentions: row.mentions }),
    attachments,
    replyToSeq: row.reply_to_seq,
    sendAt: row.send_at.toISOString(),
    // Written by hold-scheduled alone.
    heldReason: row.held_reason as HeldReason | null,
  }
}

/** What waits in a conversation, the next first; SCHEDULED_PER_CONVERSATION_MAX at most. */
export async function listScheduled(
  db: Db,
  { conversationId }: { conversationId: string },
): Promise<{ items: ScheduledMessage[] }> {
  const rows = await selectScheduled(db)
    .where('scheduled_messages.conversation_id', '=', conversationId)
    .execute()
  return { items: await readScheduled(db, rows) }
}

/** What the member has written and nothing sends before they have looked at it. */
export async function listHeld(
  db: Db,
  { userId }: { userId: string },
): Promise<{ items: ScheduledMessage[] }> {
  const rows = await selectScheduled(db)
    .where('scheduled_messages.author_id', '=', userId)
    .where('scheduled_messages.held_reason', 'is not', null)
    .execute()
  return { items: await readScheduled(db, rows) }
}

export async function getScheduled(db: Db, { id }: { id: string }): Promise<ScheduledMessage> {
  const row = await selectScheduled(db).where('scheduled_messages.id', '=', id).executeTakeFirst()
  const [scheduled] = row ? await readScheduled(db, [row]) : []
  if (!scheduled) throw gone()
  return scheduled
}

/** Where it waits; to be locked before the message itself is, as everything that sends does. */
export async function findPlace(db: Db, id: string): Promise<{ conversationId: string }> {
  const row = await db
    .selectFrom('scheduled_messages')
    .select('conversation_id as conversationId')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw gone()
  return row
}

/** The bare row, and nobody else sends or changes it before the transaction ends; undefined: it has been sent, or taken back. */
export async function lockScheduled(
  trx: Transaction<TenantTables>,
  id: string,
): Promise<ScheduledRow | undefined> {
  return trx.selectFrom('scheduled_messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export function gone(): DomainError {
  return new DomainError('NOT_FOUND', 'This message has been sent, or taken back.')
}
