import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Chore } from '../change/chores.ts'
import type { FileStore } from '../file/file-store.ts'
import { FILE_WAITS_HOURS_MAX } from '../file/schema.ts'
import type { ScopedContext } from '../trpc.ts'
import { unknownFile } from './open-attachment.ts'
import type { AttachmentIdInput } from './schema.ts'

/** How much longer than FILE_WAITS_HOURS_MAX a file may wait. */
export const SWEEP_ATTACHMENTS_EVERY_MS = 15 * 60_000
/** Of one round; the rest comes with the next. */
export const SWEEP_ATTACHMENTS_MAX = 200
const HOUR_MS = 3_600_000

/**
 * Takes away a file that waits to be sent. Marked first: from then on it cannot be sent; then bytes, then row, so that
 * nothing is left that nobody knows of.
 *
 * @throws DomainError NOT_FOUND for one that is sent, or of somebody else
 */
export async function discardAttachment(
  { db, tenant, user, files }: ScopedContext,
  { attachmentId }: AttachmentIdInput,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('attachments')
    .set({ discarded_at: new Date() })
    .where('id', '=', attachmentId)
    .where('uploaded_by', '=', user.id)
    .where('message_id', 'is', null)
    .where('scheduled_id', 'is', null)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw unknownFile()
  await removeDiscarded(db, { store: files.store, tenantId: tenant.id, id: attachmentId })
}

interface Discarded {
  store: FileStore
  tenantId: string
  id: string
}

async function removeDiscarded(db: Kysely<TenantTables>, { store, tenantId, id }: Discarded): Promise<void> {
  await store.remove({ tenantId, fileId: id })
  await db.deleteFrom('attachments').where('id', '=', id).where('discarded_at', 'is not', null).execute()
}

/** Removes what has waited for too long, and what an upload or a discard that was cut off left behind. */
export function sweepAttachments(store: FileStore, now = () => new Date()): Chore {
  return {
    label: 'chat.sweep-attachments',
    everyMs: SWEEP_ATTACHMENTS_EVERY_MS,
    async run({ db, tenant }) {
      const at = now()
      await db
        .updateTable('attachments')
        .set({ discarded_at: at })
        .where('message_id', 'is', null)
        .where('scheduled_id', 'is', null)
        .where('created_at', '<', new Date(at.getTime() - FILE_WAITS_HOURS_MAX * HOUR_MS))
        .where('discarded_at', 'is', null)
        .limit(SWEEP_ATTACHMENTS_MAX)
        .execute()
      const discarded = await db
        .selectFrom('attachments')
        .where('message_id', 'is', null)
        .where('discarded_at', 'is not', null)
        .orderBy('created_at')
        .limit(SWEEP_ATTACHMENTS_MAX)
        .select('id')
        .execute()
      for (const { id } of discarded) await removeDiscarded(db, { store, tenantId: tenant.id, id })
    },
  }
}
