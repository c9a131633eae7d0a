import { DomainError } from '../errors.ts'
import { type FileStore, openFileStore } from './file-store.ts'
import { UPLOADS_AT_ONCE_MAX } from './schema.ts'
import type { StorageLocation } from './storage-url.ts'

/** What requests share about files. */
export interface Files {
  store: FileStore
  /**
   * A place for one upload, given back when disposed of.
   *
   * @throws DomainError RATE_LIMITED when this person has UPLOADS_AT_ONCE_MAX under way
   */
  admit(userId: string): Disposable
}

export async function openFiles(location: StorageLocation): Promise<Files> {
  const underWay = new Map<string, number>()
  return {
    store: await openFileStore(location),
    admit(userId) {
      const count = underWay.get(userId) ?? 0
      if (count >= UPLOADS_AT_ONCE_MAX) {
        throw new DomainError(
          'RATE_LIMITED',
          `At most ${UPLOADS_AT_ONCE_MAX} files can be on their way at once.`,
          { details: { retryAfterMs: RETRY_AFTER_MS } },
        )
      }
      underWay.set(userId, count + 1)
      return { [Symbol.dispose]: () => leave(underWay, userId) }
    },
  }
}

const RETRY_AFTER_MS = 1_000

function leave(underWay: Map<string, number>, userId: string): void {
  const left = (underWay.get(userId) ?? 1) - 1
  if (left > 0) underWay.set(userId, left)
  else underWay.delete(userId)
}
