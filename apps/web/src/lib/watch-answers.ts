import type { AppRouter } from '@sarai/api'
import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { noteAnswer, noteSlowness, noteTrouble } from './trouble.ts'

/** A database that stands still refuses nothing: it is the silence that tells. */
const SLOW_AFTER_MS = 4_000

/** Every call tells whether the server answers, fails in a way that mends itself, or keeps silent. */
export const watchAnswers: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const timer = op.type === 'subscription' ? undefined : setTimeout(noteSlowness, SLOW_AFTER_MS)
      const subscription = next(op).subscribe({
        next(value) {
          clearTimeout(timer)
          noteAnswer()
          observer.next(value)
        },
        error(error) {
          clearTimeout(timer)
          if (op.type !== 'subscription') noteTrouble(error)
          observer.error(error)
        },
        complete: () => observer.complete(),
      })
      return () => {
        clearTimeout(timer)
        subscription.unsubscribe()
      }
    })
