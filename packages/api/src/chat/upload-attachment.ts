import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { newId, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import { enterFor } from '../enter.ts'
import { DomainError } from '../errors.ts'
import { examineFile, type ExaminedFile } from '../file/examine-file.ts'
import { toFileName } from '../file/file-name.ts'
import { type ReceivedFile, receiveFile, tooLarge } from '../file/receive-file.ts'
import { FILE_BYTES_MAX, FILES_WAITING_MAX } from '../file/schema.ts'
import { type Attachment, toAttachment } from './model.ts'

const PATH = 'chat.attachment.upload'

export interface Upload {
  /** As the sender calls it; shown and saved under what `toFileName` makes of it. */
  name: string
  body: Readable
  /** What the sender says; undefined: nothing. More than the limit is refused before a byte is read. */
  declaredBytes: number | undefined
}

/**
 * Takes in a file that a member will send with a message. It arrives on this machine's disk first, without a connection
 * to the database; what it is is found in its bytes; then its row is written, then the file store gets it, and only then
 * can it be sent. Cut off anywhere, the chore removes what is left.
 *
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN, TOO_LARGE, UNSUPPORTED_TYPE, RATE_LIMITED, INVALID; CONFLICT if too many wait
 */
export async function uploadAttachment(ctx: Context, upload: Upload): Promise<Attachment> {
  const { user, tenant } = await enterFor(ctx, { path: PATH, permission: 'chat:reply' })
  if ((upload.declaredBytes ?? 0) > FILE_BYTES_MAX) throw tooLarge(FILE_BYTES_MAX)
  using _place = ctx.files.admit(user.id)
  const inTenant = <T>(work: (db: Kysely<TenantTables>) => Promise<T>) =>
    ctx.database.withTenant(tenant.tenantKey, work, { label: PATH })
  await inTenant((db) => refuseTooManyWaiting(db, user.id))
  await using received = await receiveFile(upload.body, { bytesMax: FILE_BYTES_MAX })
  const examined = await examineFile(received.path, upload.name)
  const row = toRow({ received, examined, name: upload.name, uploadedBy: user.id })
  await inTenant((db) => db.insertInto('attachments').values(row).execute())
  await ctx.files.store.put({ tenantId: tenant.id, fileId: row.id }, createReadStream(received.path), {
    bytes: row.bytes,
    mediaType: row.media_type,
  })
  await inTenant((db) =>
    db.updateTable('attachments').set({ stored_at: new Date() }).where('id', '=', row.id).execute(),
  )
  return toAttachment(row)
}

async function refuseTooManyWaiting(db: Kysely<TenantTables>, userId: string): Promise<void> {
  const { count } = await db
    .selectFrom('attachments')
    .where('message_id', 'is', null)
    .where('scheduled_id', 'is', null)
    .where('uploaded_by', '=', userId)
    .where('discarded_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) < FILES_WAITING_MAX) return
  throw new DomainError(
    'CONFLICT',
    `${FILES_WAITING_MAX} of your files are uploaded and not sent. Send or remove some of them.`,
    { details: { filesWaitingMax: FILES_WAITING_MAX } },
  )
}

interface NewRow {
  received: ReceivedFile
  examined: ExaminedFile
  name: string
  uploadedBy: string
}

function toRow({ received, examined, name, uploadedBy }: NewRow) {
  return {
    id: newId(),
    uploaded_by: uploadedBy,
    name: toFileName(name, examined.type),
    media_type: examined.type,
    bytes: received.bytes,
    sha256: received.sha256,
    width: examined.picture?.width ?? null,
    height: examined.picture?.height ?? null,
    created_at: new Date(),
  }
}
