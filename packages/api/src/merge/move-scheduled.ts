import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { RecordChange } from '../change/transact.ts'
import type { ConversationMergeRecord } from './merge-record.ts'

type Trx = Transaction<TenantTables>
type Moved = ConversationMergeRecord['scheduled']

interface Moving {
  record: RecordChange
  from: string
  to: string
}

/**
 * What was written for later goes along and waits for its author: it was written under another conversation, and what has been
 * said here they may not have read. What it answered stays behind.
 */
export async function moveScheduled(trx: Trx, { record, from, to }: Moving): Promise<Moved> {
  const rows = await trx
    .selectFrom('scheduled_messages')
    .selectAll()
    .where('conversation_id', '=', from)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (rows.length === 0) return []
  await trx
    .updateTable('scheduled_messages')
    .set({ conversation_id: to, reply_to_seq: null, seen_seq: 0, held_reason: 'merged' })
    .where('conversation_id', '=', from)
    .execute()
  record({ kind: 'scheduled.changed', entityId: from, userId: rows[0]?.author_id ?? '' })
  for (const { author_id: userId } of rows) {
    record({ kind: 'scheduled.changed', entityId: to, userId, heldReason: 'merged' })
  }
  return rows.map((row) => ({
    id: row.id,
    replyToSeq: row.reply_to_seq,
    seenSeq: row.seen_seq,
    heldReason: row.held_reason,
  }))
}

/** Those about which their authors have not decided go back as they were. */
export async function moveScheduledBack(
  trx: Trx,
  { record, from, to, moved }: Moving & { moved: Moved },
): Promise<void> {
  for (const { id, replyToSeq, seenSeq, heldReason } of moved) {
    const row = await trx
      .selectFrom('scheduled_messages')
      .selectAll()
      .where('id', '=', id)
      .where('conversation_id', '=', from)
      .where('held_reason', '=', 'merged')
      .forUpdate()
      .executeTakeFirst()
    if (!row) continue
    await trx
      .updateTable('scheduled_messages')
      .set({ conversation_id: to, reply_to_seq: replyToSeq, seen_seq: seenSeq, held_reason: heldReason })
      .where('id', '=', id)
      .execute()
    record({ kind: 'scheduled.changed', entityId: from, userId: row.author_id })
    record({ kind: 'scheduled.changed', entityId: to, userId: row.author_id })
  }
}
