import { newId } from '@sarai/db'
import type { AuditAction } from '../audit/schema.ts'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { CustomerNote } from './model.ts'
import { type Db, getCustomerForUpdate, getSurvivorId } from './queries.ts'
import type { AddNoteInput, EditNoteInput, NoteIdInput } from './schema.ts'

/** A note beside a customer, for colleagues. */
export function addNote(ctx: ScopedContext, { customerId, body }: AddNoteInput): Promise<CustomerNote> {
  return transact(ctx, async (trx, record) => {
    await getCustomerForUpdate(trx, { id: customerId })
    const id = newId()
    const row = { id, customer_id: customerId, author_id: ctx.user.id, body, created_at: new Date() }
    await trx.insertInto('customer_notes').values(row).execute()
    await writeAudit(trx, ctx, { action: 'customer.note-added', entity: { id: customerId } })
    announceNote(record, customerId)
    return { id, body, editedAt: null }
  })
}

/** Only its author may: FORBIDDEN for others. */
export function editNote(ctx: ScopedContext, { id, body }: EditNoteInput): Promise<CustomerNote> {
  const editedAt = new Date()
  return changeNote(ctx, { id, action: 'customer.note-edited', set: { body, edited_at: editedAt } })
}

/** Out of the timeline, kept in the database: `restoreNote` brings it back. */
export function deleteNote(ctx: ScopedContext, { id }: NoteIdInput): Promise<CustomerNote> {
  return changeNote(ctx, { id, action: 'customer.note-deleted', set: { deleted_at: new Date() } })
}

export function restoreNote(ctx: ScopedContext, { id }: NoteIdInput): Promise<CustomerNote> {
  return changeNote(ctx, { id, action: 'customer.note-restored', set: { deleted_at: null } })
}

interface NoteChange {
  id: string
  action: AuditAction
  set: { body?: string; edited_at?: Date; deleted_at?: Date | null }
}

function changeNote(ctx: ScopedContext, { id, action, set }: NoteChange): Promise<CustomerNote> {
  return transact(ctx, async (trx, record) => {
    const note = await getOwnNote(trx, { id, userId: ctx.user.id })
    if (note.deleted_at !== null && set.body !== undefined) throw unknownNote()
    await trx.updateTable('customer_notes').set(set).where('id', '=', id).execute()
    const customerId = await getSurvivorId(trx, { id: note.customer_id })
    await writeAudit(trx, ctx, { action, entity: { id: customerId } })
    announceNote(record, customerId)
    const { body, edited_at } = { ...note, ...set }
    return { id, body, editedAt: edited_at?.toISOString() ?? null }
  })
}

async function getOwnNote(trx: Db, { id, userId }: { id: string; userId: string }) {
  const note = await trx
    .selectFrom('customer_notes')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!note) throw unknownNote()
  if (note.author_id !== userId) throw new DomainError('FORBIDDEN', 'Only who wrote a note may change it.')
  return note
}

function unknownNote(): DomainError {
  return new DomainError('NOT_FOUND', 'This note does not exist any more.')
}

function announceNote(record: RecordChange, customerId: string): void {
  record({ kind: 'customer.noted', entityId: customerId })
}
