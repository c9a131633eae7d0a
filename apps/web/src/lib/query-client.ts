import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { reactTo, RETRIES_MAX, retryDelayMs } from './errors.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /**
     * `inline`: the component shows field errors and conflicts itself.
     * `idempotent`: sending twice does no harm, so a lost connection may be retried.
     */
    mutationMeta: { errors?: 'inline'; idempotent?: boolean }
    queryMeta: { errors?: 'inline' }
  }
}

type FailureListener = (error: unknown, origin: 'query' | 'mutation', isInline: boolean) => void
let onFailure: FailureListener = () => {}

/** main.tsx connects failures with the router and the toasts, which this module must not know. */
export function listenToFailures(listener: FailureListener): void {
  onFailure = listener
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // Without data the component that asked shows the error; with data only the refresh has failed.
    onError: (error, query) =>
      onFailure(error, 'query', query.state.data === undefined || query.meta?.errors === 'inline'),
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) =>
      onFailure(error, 'mutation', mutation.meta?.errors === 'inline'),
  }),
  defaultOptions: {
    queries: {
      // Live changes keep the cache fresh; a minute covers what they do not carry.
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      retry: (failures, error) => failures < RETRIES_MAX && reactTo(error).kind === 'retry',
      retryDelay: (failures, error) => retryDelayMs(failures, error),
    },
    mutations: {
      retry: (failures, error) => {
        const reaction = reactTo(error)
        return failures < RETRIES_MAX && reaction.kind === 'retry' && reaction.isUntouched
      },
      retryDelay: (failures, error) => retryDelayMs(failures, error),
    },
  },
})

/** For mutations that carry their own identity (`clientId`): a lost answer may be asked for again. */
export function retryIdempotent(failures: number, error: unknown): boolean {
  return failures < RETRIES_MAX && reactTo(error).kind === 'retry'
}
