import type { Readable } from 'node:stream'
import type { Context } from '../context.ts'
import { requireOperator } from '../enter.ts'
import { DomainError } from '../errors.ts'
import { receiveFile } from '../file/receive-file.ts'
import { ARCHIVE_UPLOAD_BYTES_MAX, ImportTenantInput } from './schema.ts'
import { beginImport, prepareInto } from './transfer.ts'
import { followInBackground, type Transfer } from './transfer-acts.ts'

export interface ArchiveUpload {
  /** ImportTenantInput. */
  query: unknown
  body: Readable
  /** What the sender says; more than the limit is refused before a byte is read. */
  declaredBytes: number
  /** Default: ARCHIVE_UPLOAD_BYTES_MAX. */
  bytesMax?: number | undefined
}

/**
 * Takes in an archive and begins to make a tenant of it; see operator.transfer.list. What can be refused without the
 * archive is refused before it is read.
 *
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN, INVALID, TOO_LARGE, RATE_LIMITED; as beginImport
 */
export async function receiveArchive(ctx: Context, upload: ArchiveUpload): Promise<Transfer> {
  const { user } = await requireOperator(ctx)
  const acting = { ...ctx, user }
  const input = readQuery(upload.query)
  const { bytesMax = ARCHIVE_UPLOAD_BYTES_MAX } = upload
  if (upload.declaredBytes > bytesMax) throw tooLarge(bytesMax)
  await prepareInto(acting, input)
  using _place = ctx.files.admit(user.id)
  const received = await receiveFile(upload.body, { bytesMax }).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'TOO_LARGE' ? tooLarge(bytesMax) : error
  })
  const begun = beginImport(acting, { ...input, path: received.path })
  // The file is gone with the import, or at once if that is not begun.
  void begun
    .then(({ ended }) => ended)
    .catch(() => undefined)
    .then(() => received[Symbol.asyncDispose]())
  return await followInBackground(acting, begun)
}

function readQuery(query: unknown): ImportTenantInput {
  const parsed = ImportTenantInput.safeParse(query)
  if (parsed.success) return parsed.data
  throw new DomainError(
    'INVALID',
    'Say which key the workspace shall have, as 3 to 32 small letters and digits.',
    {
      cause: parsed.error,
    },
  )
}

function tooLarge(bytesMax: number): DomainError {
  const gigabytes = bytesMax / 1024 ** 3
  return new DomainError(
    'TOO_LARGE',
    `An archive that comes through the page has at most ${gigabytes} GB. Import it at the command line: npx sarai tenant import.`,
    { details: { bytesMax } },
  )
}
