import type { Conversation, Macro } from '@sarai/api'
import { isText, permissionOf } from '@sarai/api/act/schema'
import { fillIn } from '@sarai/api/chat/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'
import type { Draft } from './drafts.ts'
import { useMacroRuns } from './use-macro-runs.ts'
import { usePlaceValues } from './use-place-values.ts'

export interface Macros {
  /** undefined: not here yet. */
  items: readonly Macro[] | undefined
  isError: boolean
  /** What a macro writes, filled in; empty: nothing. */
  textOf: (macro: Macro) => string
  /** The draft with what goes with it when it is sent; its text is put where it belongs by the caller. */
  complete: (macro: Macro, draft: Draft) => Draft
  /** Runs one that writes nothing; says so if it is not the caller's to run. True: it goes on, with its text. */
  choose: (macro: Macro) => boolean
}

/** A macro that writes something goes with the message, which is read before it is sent; any other is run at once. */
export function useMacros(conversation: Conversation, isAsked: boolean): Macros {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { can } = useChatDesk()
  const { data, isError } = useQuery(trpc.macro.list.queryOptions(isAsked ? undefined : skipToken))
  const values = usePlaceValues(conversation, isAsked)
  const { run } = useMacroRuns()
  return {
    items: data?.items,
    isError,
    textOf(macro) {
      const text = macro.acts.find(isText)
      return text && isAllowed(macro, can) ? fillIn(text.body, values) : ''
    },
    complete(macro, draft) {
      const text = macro.acts.find(isText)
      if (!text || !isAllowed(macro, can)) return draft
      return { ...draft, private: text.kind === 'note', macro: { id: macro.id, name: macro.name } }
    },
    choose(macro) {
      if (!isAllowed(macro, can)) {
        showToast({ title: t('forbidden', { name: macro.name }), tone: 'danger' })
        return false
      }
      if (macro.acts.some(isText)) return true
      run(macro, [conversation.id])
      return false
    },
  }
}

/** What somebody may not do by hand, they may not do with a macro: the server refuses it as a whole. */
export function isAllowed({ acts }: Macro, can: ReturnType<typeof useChatDesk>['can']): boolean {
  return acts.every((act) => can(permissionOf(act)))
}
