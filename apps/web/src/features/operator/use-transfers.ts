import { useInfiniteQuery } from '@tanstack/react-query'
import { globalTrpc } from '../../lib/trpc.ts'
import { isUnderWay } from './transfer-status.ts'

const LOOK_AGAIN_MS = 1_000
/** Another operator, or the command line, may begin one. */
const LOOK_AGAIN_AT_REST_MS = 5_000

/** From the record: the same after a reload, in another window, and wherever it runs. Without a key all of them. */
export function useTransfers(tenantKey: string | undefined) {
  return useInfiniteQuery({
    ...globalTrpc.operator.transfer.list.infiniteQueryOptions(tenantKey === undefined ? {} : { tenantKey }, {
      getNextPageParam: (page) => page.nextCursor,
    }),
    refetchInterval: ({ state }) => {
      const isBusy = state.data?.pages.some(({ items }) => items.some(isUnderWay)) ?? false
      return isBusy ? LOOK_AGAIN_MS : LOOK_AGAIN_AT_REST_MS
    },
    staleTime: 0,
    meta: { errors: 'inline' },
  })
}
