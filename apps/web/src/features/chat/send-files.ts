import type { AppRouter } from '@sarai/api'
import { TRPCClientError } from '@trpc/client'
import type { FileUploads } from './file-uploads.ts'
import type { SendOutcome } from './outbox-runner.ts'
import type { OutboxEntry } from './outbox.ts'
import { toSendOutcome } from './send-outcome.ts'
import { UploadError, type UploadFailure } from './upload-file.ts'

/** What the server calls the files of a message, in their order; whatever it does not have yet goes first. */
export async function uploadAll(
  uploads: Pick<FileUploads, 'ensure'>,
  { conversationId, files = [] }: Pick<OutboxEntry, 'conversationId' | 'files'>,
): Promise<string[]> {
  const attachments = await Promise.all(files.map((file) => uploads.ensure(conversationId, file)))
  return attachments.map(({ id }) => id)
}

/** What a send that failed means for its message, its files among the reasons. */
export function toOutcome(uploads: Pick<FileUploads, 'expire'>, error: unknown): SendOutcome {
  if (error instanceof UploadError) return toFileOutcome(error.failure)
  if (detailsOf(error)?.['macroId'] !== undefined) return { type: 'refused', failure: 'macro' }
  const swept = listSwept(error)
  if (swept.length === 0) return toSendOutcome(error)
  uploads.expire(swept)
  return { type: 'transient', retryAfterMs: 0, failure: 'busy' }
}

function toFileOutcome(failure: UploadFailure): SendOutcome {
  switch (failure) {
    case 'network':
    case 'busy':
      return { type: 'transient', retryAfterMs: 0, failure }
    case 'signedOut':
    case 'forbidden':
      return { type: 'refused', failure }
    case 'lost':
      return { type: 'refused', failure: 'fileLost' }
    case 'tooLarge':
    case 'type':
    case 'tooMany':
    case 'unexpected':
      return { type: 'refused', failure: 'file' }
  }
}

/** Files that waited on the server for so long that it has deleted them. */
function listSwept(error: unknown): string[] {
  const ids: unknown = detailsOf(error)?.['attachmentIds']
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

function detailsOf(error: unknown): Record<string, unknown> | null | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  return (error as TRPCClientError<AppRouter>).data?.domain?.details
}
