import type { Readable } from 'node:stream'
import type { Context } from '../context.ts'
import { enterFor } from '../enter.ts'
import { DomainError } from '../errors.ts'
import { AttachmentIdInput } from './schema.ts'
import { type Attachment, toAttachment } from './model.ts'

const PATH = 'chat.attachment.open'

export interface OpenedAttachment extends Attachment {
  /** Of the bytes, hex. */
  sha256: string
  content: Readable
}

/**
 * The bytes of a file, for whoever may read the message it belongs to, or the one for later; one that waits, for who uploaded it. The database's
 * connection has gone back before the first byte.
 *
 * @throws DomainError NOT_FOUND for anything else, a crooked id, another tenant's, or one whose bytes have been lost
 */
export async function openAttachment(ctx: Context, requestedId: string): Promise<OpenedAttachment> {
  const { user, tenant } = await enterFor(ctx, { path: PATH, permission: 'chat:read' })
  const parsed = AttachmentIdInput.safeParse({ attachmentId: requestedId })
  if (!parsed.success) throw unknownFile()
  const row = await ctx.database.withTenant(
    tenant.tenantKey,
    (db) =>
      db
        .selectFrom('attachments')
        .where('id', '=', parsed.data.attachmentId)
        .where('stored_at', 'is not', null)
        .where('discarded_at', 'is', null)
        .where((eb) =>
          eb.or([
            eb('message_id', 'is not', null),
            eb('scheduled_id', 'is not', null),
            eb('uploaded_by', '=', user.id),
          ]),
        )
        .selectAll()
        .executeTakeFirst(),
    { label: PATH },
  )
  const content = row && (await ctx.files.store.read({ tenantId: tenant.id, fileId: row.id }))
  if (!content) throw unknownFile()
  return { ...toAttachment(row), sha256: row.sha256, content }
}

export function unknownFile(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such file.')
}
