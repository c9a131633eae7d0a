import { useQuery } from '@tanstack/react-query'
import { queryClient } from '../../lib/query-client.ts'
import { globalClient, globalTrpc } from '../../lib/trpc.ts'
import { joinSamples } from './join-samples.ts'

const LOOK_AGAIN_MS = 1_000

/** The connection layer, looked at each second while the page is seen; of its history only what is new is sent. */
export function useConnections() {
  const { queryKey } = globalTrpc.operator.connections.queryOptions()
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = queryClient.getQueryData(queryKey)?.history.samples ?? []
      const historyAfter = known.at(-1)?.at
      const report = await globalClient.operator.connections.query({ historyAfter }, { signal })
      const { samples, keptMs } = report.history
      const history = { ...report.history, samples: joinSamples(known, { samples, keptMs, now: report.at }) }
      return { ...report, history }
    },
    refetchInterval: LOOK_AGAIN_MS,
    // Asked for again in a second anyway: what is shown must not grow old behind four patient attempts.
    retry: false,
    staleTime: 0,
    meta: { errors: 'inline' },
  })
}
