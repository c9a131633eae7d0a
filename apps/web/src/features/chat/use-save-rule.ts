import type { Rule } from '@sarai/api'
import type { CreateRuleInput } from '@sarai/api/rule/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { reactTo } from '../../lib/errors.ts'
import { toNameRefusal } from '../../lib/name-refusal.ts'
import { useTrpc } from '../../lib/trpc.ts'

interface SaveHooks {
  onDone: () => void
  onRefused: (why: 'nameTaken' | 'tooMany' | 'invalid' | 'gone') => void
}

/** Makes one, or changes the one that is there. */
export function useSaveRule(rule: Rule | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const refetch = useRefetch()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      refetch()
      onDone()
    },
    onError: (error: unknown) => {
      const taken = toNameRefusal(error)
      const { kind } = reactTo(error)
      if (taken) onRefused(taken)
      else if (kind === 'fields') onRefused('invalid')
      else if (kind === 'not-found') onRefused('gone')
    },
  }
  const create = useMutation(trpc.rule.create.mutationOptions(options))
  const update = useMutation(trpc.rule.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: (values: CreateRuleInput) =>
      rule ? update.mutate({ id: rule.id, ...values }) : create.mutate(values),
  }
}

export function useSetRuleOn() {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const refetch = useRefetch()
  const key = trpc.rule.list.queryKey()
  const { mutate } = useMutation(
    trpc.rule.setOn.mutationOptions({
      onMutate: ({ id, isOn }) =>
        queryClient.setQueryData(
          key,
          (list) => list && { items: list.items.map((each) => (each.id === id ? { ...each, isOn } : each)) },
        ),
      onSettled: refetch,
    }),
  )
  return mutate
}

export function useOrderRules(): (ids: string[]) => void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { mutate } = useMutation(
    trpc.rule.order.mutationOptions({
      onSuccess: (list) => queryClient.setQueryData(trpc.rule.list.queryKey(), list),
    }),
  )
  return (ids) => mutate({ ids })
}

export function useDeleteRule(onDone: () => void) {
  const trpc = useTrpc()
  const refetch = useRefetch()
  return useMutation(
    trpc.rule.delete.mutationOptions({
      onSuccess: () => {
        refetch()
        onDone()
      },
    }),
  )
}

function useRefetch(): () => void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries(trpc.rule.pathFilter())
}
