import type { Job } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTrpc } from './trpc.ts'

/** How often the progress of what is under way is asked for. */
const POLL_MS = 700

/** It waits or is being done. */
export function isOpen({ state }: Pick<Job, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

/** The person's own jobs of these kinds that are under way; `onEnd` hears of each that ends while one looks. */
export function useOpenJobs(kinds: readonly string[], onEnd: (job: Job) => void): Job[] {
  const trpc = useTrpc()
  const { data } = useQuery({
    ...trpc.job.list.queryOptions(),
    refetchInterval: (query) => (query.state.data?.items.some(isOpen) ? POLL_MS : false),
  })
  const jobs = data?.items.filter(({ kind }) => kinds.includes(kind)) ?? []
  const seenOpen = useRef(new Set<string>())
  const open = jobs.filter(isOpen)
  useEffect(() => {
    for (const { id } of open) seenOpen.current.add(id)
    for (const job of jobs) {
      if (!isOpen(job) && seenOpen.current.delete(job.id)) onEnd(job)
    }
  })
  return open
}

/** Shows a job that was just asked for, and follows it from there on. */
export function useFollowJob(): (job: Job) => void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  return (job) => {
    const { queryKey } = trpc.job.list.queryOptions()
    queryClient.setQueryData(queryKey, (list) => ({
      items: [job, ...(list?.items ?? []).filter(({ id }) => id !== job.id)],
    }))
    // What is on its way was asked before the job was there.
    void queryClient.cancelQueries({ queryKey }).then(() => queryClient.invalidateQueries({ queryKey }))
  }
}
