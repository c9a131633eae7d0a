import { DatabaseError } from '@sarai/db'
import { EXIT_CODES } from './exit-codes.ts'
import type { Printer } from './print.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** A terminal tells Ctrl-C to this process and to the one that started it, which passes it on: twice is once. */
export const AGAIN_AFTER_MS = 1_000

/** Ctrl-C cancels `work` and what it had made is taken away; pressed again later it ends the process as it stands. */
export async function cancelOnSignal<T>(
  print: Pick<Printer, 'progress'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cancelling = new AbortController()
  let firstAt: number | undefined
  const cancel = () => {
    if (firstAt !== undefined && performance.now() - firstAt > AGAIN_AFTER_MS)
      process.exit(EXIT_CODES.cancelled)
    if (firstAt !== undefined) return
    firstAt = performance.now()
    print.progress('Cancelling: what is half made is taken away. Press again to end at once.')
    cancelling.abort(new DatabaseError('ABORTED', 'it was cancelled'))
  }
  for (const signal of SIGNALS) process.on(signal, cancel)
  try {
    return await work(cancelling.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, cancel)
  }
}
