import { useQuery } from '@tanstack/react-query'
import { globalTrpc } from '../../lib/trpc.ts'
import { isAtWork } from './rollout-status.ts'

const LOOK_AGAIN_MS = 1_000
/** Another process, or the command line, may begin one. */
const LOOK_AGAIN_AT_REST_MS = 5_000

/** The fleet and its newest rollout, wherever that runs. */
export function useFleetStatus() {
  return useQuery({
    ...globalTrpc.operator.migration.status.queryOptions(),
    refetchInterval: ({ state }) =>
      isAtWork(state.data?.latest ?? null) ? LOOK_AGAIN_MS : LOOK_AGAIN_AT_REST_MS,
    staleTime: 0,
    meta: { errors: 'inline' },
  })
}
