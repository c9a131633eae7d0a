import type { Job } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { isOpen } from '../../lib/jobs.ts'
import { useTrpc } from '../../lib/trpc.ts'

const ASK_EVERY_MS = 1_000

/** A job as it goes on: asked for until it has ended. */
export function useJob(id: string | null): Job | undefined {
  const trpc = useTrpc()
  const { data } = useQuery(
    trpc.job.byId.queryOptions(
      { id: id ?? '' },
      {
        enabled: id !== null,
        refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? ASK_EVERY_MS : false),
      },
    ),
  )
  return data
}
