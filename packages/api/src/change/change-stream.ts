import type { Access } from '../permission/access.ts'
import type { Permission } from '../permission/schema.ts'
import type { Reader } from './check-readers.ts'

/** The state of one open stream: who reads, whether it goes on, and a bell. No changes are kept in it. */
export interface ChangeStream extends Reader {
  /** Aborted when the stream is over, whoever ended it. */
  readonly signal: AbortSignal
  /** True while the stream goes on, false once the reader has left; throws what it was ended with. */
  isOpen(): boolean
  /** Settles at the next `wake`, or when the stream is over. Check first, then wait, with no await between. */
  wait(): Promise<void>
  wake(): void
}

interface OpenStream {
  userId: string
  permission: Permission
  access: Access
  signal?: AbortSignal | undefined
}

/** The reader's signal ends the stream at once, even while nobody asks it for the next change. */
export function openStream({ userId, permission, access, signal }: OpenStream): ChangeStream & Disposable {
  const over = new AbortController()
  let error: Error | undefined
  let bell = Promise.withResolvers<void>()

  function wake(): void {
    bell.resolve()
    bell = Promise.withResolvers()
  }

  function finish(): void {
    signal?.removeEventListener('abort', finish)
    over.abort()
    wake()
  }

  if (signal?.aborted) finish()
  else signal?.addEventListener('abort', finish, { once: true })

  return {
    userId,
    permission,
    access,
    signal: over.signal,
    end(reason) {
      error ??= reason
      finish()
    },
    isOpen() {
      if (error) throw error
      return !over.signal.aborted
    },
    wait: () => (over.signal.aborted ? Promise.resolve() : bell.promise),
    wake,
    [Symbol.dispose]: finish,
  }
}
