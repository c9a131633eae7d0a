import type { Macro } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { retryIdempotent } from '../../lib/query-client.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useOptimism } from './use-optimism.ts'

interface Item {
  /** Of the conversation. */
  id: string
  clientId: string
}

/** Runs macros that write nothing, and takes back what macros did. */
export function useMacroRuns() {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { finish } = useOptimism()
  const { tell } = useMacroToasts()
  const run = useMutation(
    trpc.chat.macro.run.mutationOptions({
      // The same client ids: what arrived twice is done once.
      retry: retryIdempotent,
      meta: { errors: 'inline' },
      onSuccess: ({ changed, refused }) => {
        for (const conversation of changed) finish(conversation)
        if (refused.length > 0) {
          showToast({ id: 'chat.refused', title: t('refused', { count: refused.length }) })
        }
      },
      onError: (error) => {
        const { kind } = reactTo(error)
        showToast({ title: t(kind === 'not-found' ? 'incomplete' : 'failed'), tone: 'danger' })
      },
    }),
  )
  return {
    run({ id: macroId, name }: Macro, conversationIds: readonly string[]): void {
      // A second press while the first is on its way is the same press.
      if (run.isPending || conversationIds.length === 0) return
      const items = conversationIds.map((id) => ({ id, clientId: crypto.randomUUID() }))
      run.mutate(
        { macroId, items },
        {
          onSuccess: ({ changed }) => {
            const done = items.filter(({ id }) => changed.some((each) => each.id === id))
            if (done.length > 0) tell(name, done)
          },
        },
      )
    },
  }
}

/** Says that a macro was run, with the way back. */
export function useMacroToasts() {
  const t = useTranslations('macro')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const { finish } = useOptimism()
  const { mutate: undo } = useMutation(
    trpc.chat.macro.undo.mutationOptions({
      retry: retryIdempotent,
      onSuccess: ({ changed, refused }) => {
        for (const conversation of changed) finish(conversation)
        if (refused.length > 0) showToast({ id: 'chat.refused', title: t('undoRefused') })
      },
    }),
  )
  const show = (title: string, items: Item[]) =>
    showToast({ id: 'chat.write', title, action: { label: tc('undo'), run: () => undo({ items }) } })
  return {
    /** Of macros that were run by themselves. */
    tell: (name: string, items: Item[]) => show(t('ran', { name, count: items.length }), items),
    /** Of one that went with a message, which stays. */
    told: (name: string, item: Item) => show(t('ranWithMessage', { name }), [item]),
  }
}
