import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'

const TOAST_ID = 'transfer'
/** What the server says in a conflict's details, and the words for it. */
const CONFLICTS: Record<string, 'tooMany' | 'sameKey' | 'notMade' | 'ended'> = {
  'too-many': 'tooMany',
  'same-key': 'sameKey',
  'not-made': 'notMade',
  ended: 'ended',
}

/** The words for what the server refuses; undefined: what else is wrong is said elsewhere. */
export function findConflictText(details: Record<string, unknown>) {
  return CONFLICTS[String(details['reason'])]
}

/** Beginning, cancelling and removing; each says what came of it. */
export function useTransferVerbs() {
  const t = useTranslations('fleet.transfer')
  const queryClient = useQueryClient()
  const { transfer } = globalTrpc.operator
  const settle = { onSettled: () => queryClient.invalidateQueries(transfer.pathFilter()) }
  const say = (text: 'begun' | 'cancelAsked' | 'archiveRemoved') => ({
    onSuccess: () => showToast({ id: TOAST_ID, title: t(text) }),
  })
  const explain = {
    meta: { errors: 'form' } as const,
    onError: (error: unknown) => {
      const reaction = reactTo(error)
      const text = reaction.kind === 'conflict' ? findConflictText(reaction.details) : undefined
      if (text) showToast({ id: TOAST_ID, tone: 'danger', title: t(text) })
    },
  }
  return {
    begin: useMutation(transfer.export.mutationOptions({ ...settle, ...explain, ...say('begun') })),
    clone: useMutation(
      transfer.clone.mutationOptions({ ...settle, ...say('begun'), meta: { errors: 'form' } }),
    ),
    cancel: useMutation(transfer.cancel.mutationOptions({ ...settle, ...explain, ...say('cancelAsked') })),
    remove: useMutation(
      transfer.removeArchive.mutationOptions({ ...settle, ...explain, ...say('archiveRemoved') }),
    ),
  }
}
