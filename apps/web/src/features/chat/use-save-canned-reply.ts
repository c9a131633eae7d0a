import type { CannedReply } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'

type Values = Pick<CannedReply, 'shortcut' | 'body' | 'isTeams'>
interface FieldErrors {
  shortcut: string | undefined
  body: string | undefined
}

const NO_ERRORS: FieldErrors = { shortcut: undefined, body: undefined }

/** Makes one, or changes the one that is there; what is wrong stands beside its field. */
export function useSaveCannedReply(reply: CannedReply | undefined, onDone: () => void) {
  const t = useTranslations('chat.canned')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [errors, setErrors] = useState(NO_ERRORS)
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.chat.cannedReply.pathFilter())
      onDone()
    },
    onError: (error: unknown) => setErrors(describe(error, t)),
  }
  const create = useMutation(trpc.chat.cannedReply.create.mutationOptions(options))
  const update = useMutation(trpc.chat.cannedReply.update.mutationOptions(options))
  return {
    errors,
    isSaving: create.isPending || update.isPending,
    save({ shortcut, body, isTeams }: Values): void {
      setErrors(NO_ERRORS)
      if (reply) update.mutate({ id: reply.id, shortcut, body })
      else create.mutate({ shortcut, body, ...(isTeams && { isTeams }) })
    },
  }
}

function describe(
  error: unknown,
  t: (key: 'shortcutTaken' | 'tooMany' | 'shortcutInvalid' | 'bodyInvalid') => string,
): FieldErrors {
  const reaction = reactTo(error)
  if (reaction.kind === 'conflict') {
    const isTaken = reaction.details['field'] === 'shortcut'
    return { ...NO_ERRORS, shortcut: t(isTaken ? 'shortcutTaken' : 'tooMany') }
  }
  if (reaction.kind !== 'fields') return NO_ERRORS
  const { fieldErrors } = reaction.fields
  return {
    shortcut: fieldErrors['shortcut'] ? t('shortcutInvalid') : undefined,
    body: fieldErrors['body'] ? t('bodyInvalid') : undefined,
  }
}

/** At once, with the way back: the same text under the same shortcut. */
export function useRemoveCannedReply() {
  const t = useTranslations('chat.canned')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const refetch = () => void queryClient.invalidateQueries(trpc.chat.cannedReply.pathFilter())
  const { mutate: restore } = useMutation(
    trpc.chat.cannedReply.create.mutationOptions({ onSuccess: refetch }),
  )
  const { mutate, isPending } = useMutation(
    trpc.chat.cannedReply.remove.mutationOptions({
      onSuccess: ({ shortcut, body, isTeams }) => {
        refetch()
        showToast({
          title: t('removed', { shortcut }),
          action: {
            label: tc('undo'),
            run: () => restore({ shortcut, body, ...(isTeams && { isTeams }) }),
          },
        })
      },
    }),
  )
  return { remove: ({ id }: CannedReply) => mutate({ id }), isRemoving: isPending }
}
