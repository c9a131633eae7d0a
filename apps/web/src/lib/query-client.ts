import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { reactTo, RETRIES_MAX, retryDelayMs } from './errors.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /**
     * `errors: 'inline'`: the component says itself whatever went wrong. `'form'`: it says what is wrong with
     * the input (fields, conflicts); the rest is a toast. Left out: all of it is a toast.
     */
    mutationMeta: { errors?: 'inline' | 'form' }
    queryMeta: { errors?: 'inline' }
  }
}

/** What of a failure the component shows itself. */
export type Shown = 'all' | 'form' | 'nothing'

type FailureListener = (error: unknown, shown: Shown) => void
const SHOWN: Record<'inline' | 'form' | 'toast', Shown> = { inline: 'all', form: 'form', toast: 'nothing' }

let onFailure: FailureListener = () => {}

/** main.tsx connects failures with the router and the toasts, which this module must not know. */
export function listenToFailures(listener: FailureListener): void {
  onFailure = listener
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // Without data the component that asked shows the error; with data only the refresh has failed, and of a
    // server that is away the banner tells already.
    onError: (error, query) => {
      const isShown = query.state.data === undefined || query.meta?.errors === 'inline'
      onFailure(error, isShown || reactTo(error).kind === 'retry' ? 'all' : 'nothing')
    },
  }),
  mutationCache: new MutationCache({
    onError: (...[error, , , mutation]) => onFailure(error, SHOWN[mutation.meta?.errors ?? 'toast']),
  }),
  defaultOptions: {
    queries: {
      // Live changes keep the cache fresh; a minute covers what they do not carry.
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      retry: retryIdempotent,
      retryDelay: (failures, error) => retryDelayMs(failures, error),
    },
    mutations: {
      retry: retryUntouched,
      retryDelay: (failures, error) => retryDelayMs(failures, error),
    },
  },
})

/** `retry: retryIdempotent`, for a mutation that may run twice without harm: a lost answer is asked for again. */
export function retryIdempotent(failures: number, error: unknown): boolean {
  return failures < RETRIES_MAX && reactTo(error).kind === 'retry'
}

/** For any other mutation: only if the server certainly did nothing. */
function retryUntouched(failures: number, error: unknown): boolean {
  const reaction = reactTo(error)
  return reaction.kind === 'retry' && reaction.isUntouched && retryIdempotent(failures, error)
}
