import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'

export type Making = NonNullable<Trpc['operator']['tenant']['making']['~types']['output']>
export type CreatedTenant = Trpc['operator']['tenant']['create']['~types']['output']

/** Steps take some tens of milliseconds each. */
const LOOK_AGAIN_MS = 300
/** What was cut off is taken up by a serving process within half a minute. */
const LOOK_AGAIN_AT_REST_MS = 2_000

/** How far the making of a tenant is, from the record: the same after a reload and in another window. */
export function useMaking(tenantKey: string, isAsked: boolean) {
  return useQuery({
    ...globalTrpc.operator.tenant.making.queryOptions({ tenantKey }),
    enabled: tenantKey !== '',
    refetchInterval: ({ state }) => {
      const making = state.data?.state
      if (making === 'made') return false
      return isAsked || making === 'running' || making === 'undoing' ? LOOK_AGAIN_MS : LOOK_AGAIN_AT_REST_MS
    },
    staleTime: 0,
    meta: { errors: 'inline' },
  })
}

export interface FailedStep {
  step: string
  error: string
}

/** What the server says of a step that failed; undefined for any other refusal. */
export function readFailedStep(error: unknown): FailedStep | undefined {
  const reaction = reactTo(error)
  if (reaction.kind !== 'conflict' || reaction.details['reason'] !== 'step-failed') return undefined
  const { step, error: words } = reaction.details
  return { step: String(step), error: typeof words === 'string' ? words : '' }
}

/** Making, going on with what was cut off, and taking it back. */
export function useMakingVerbs() {
  const t = useTranslations('fleet.making')
  const queryClient = useQueryClient()
  const { create, goOn, takeBack } = globalTrpc.operator.tenant
  const options = {
    meta: { errors: 'form' } as const,
    onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()),
  }
  const changedMeanwhile = (error: unknown) => {
    if (reactTo(error).kind === 'conflict' && !readFailedStep(error))
      showToast({ id: 'making', tone: 'danger', title: t('changedMeanwhile') })
  }
  return {
    create: useMutation(create.mutationOptions(options)),
    goOn: useMutation(goOn.mutationOptions({ ...options, onError: changedMeanwhile })),
    takeBack: useMutation(
      takeBack.mutationOptions({
        ...options,
        onError: changedMeanwhile,
        onSuccess: ({ tenantKey }) => showToast({ id: 'making', title: t('takenBack', { key: tenantKey }) }),
      }),
    ),
  }
}
