import type { Macro } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { toNameRefusal } from '../../lib/name-refusal.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'

interface SaveHooks {
  onDone: () => void
  onRefused: (why: 'nameTaken' | 'tooMany' | 'actsInvalid' | 'actsGone') => void
}

/** Makes one, or changes the one that is there. */
export function useSaveMacro(macro: Macro | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.macro.pathFilter())
      onDone()
    },
    onError: (error: unknown) => {
      const taken = toNameRefusal(error)
      const { kind } = reactTo(error)
      if (taken) onRefused(taken)
      else if (kind === 'fields') onRefused('actsInvalid')
      else if (kind === 'not-found') onRefused('actsGone')
    },
  }
  const create = useMutation(trpc.macro.create.mutationOptions(options))
  const update = useMutation(trpc.macro.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: (values: Pick<Macro, 'name' | 'acts'>) =>
      macro ? update.mutate({ id: macro.id, ...values }) : create.mutate(values),
  }
}

/** At once, with the way back: the same acts under the same name. */
export function useRemoveMacro() {
  const t = useTranslations('macro')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const refetch = () => void queryClient.invalidateQueries(trpc.macro.pathFilter())
  const { mutate: restore } = useMutation(trpc.macro.create.mutationOptions({ onSuccess: refetch }))
  const { mutate, isPending } = useMutation(
    trpc.macro.delete.mutationOptions({
      onSuccess: ({ name, acts }) => {
        refetch()
        showToast({
          title: t('removed', { name }),
          action: { label: tc('undo'), run: () => restore({ name, acts }) },
        })
      },
    }),
  )
  return { remove: ({ id }: Macro) => mutate({ id }), isRemoving: isPending }
}
