import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'

const TOAST_ID = 'rollout'
/** What the server says in a conflict's details, and the words for it. */
const CONFLICTS: Record<string, 'alreadyRunning' | 'nothingBehind' | 'noneRunning'> = {
  running: 'alreadyRunning',
  'nothing-behind': 'nothingBehind',
  'none-running': 'noneRunning',
}

/** Beginning, stopping and trying again; each says what came of it. */
export function useRolloutVerbs() {
  const t = useTranslations('fleet.rollout')
  const queryClient = useQueryClient()
  const { start, stop, retry } = globalTrpc.operator.migration
  const common = {
    meta: { errors: 'form' } as const,
    onError: (error: unknown) => {
      const reaction = reactTo(error)
      if (reaction.kind !== 'conflict') return
      const text = CONFLICTS[String(reaction.details['reason'])] ?? 'alreadyRunning'
      showToast({ id: TOAST_ID, tone: 'danger', title: t(text) })
    },
    onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.migration.pathFilter()),
  }
  const say = (text: 'started' | 'stopAsked') => ({
    onSuccess: () => showToast({ id: TOAST_ID, title: t(text) }),
  })
  return {
    start: useMutation(start.mutationOptions({ ...common, ...say('started') })),
    retry: useMutation(retry.mutationOptions({ ...common, ...say('started') })),
    stop: useMutation(stop.mutationOptions({ ...common, ...say('stopAsked') })),
  }
}
