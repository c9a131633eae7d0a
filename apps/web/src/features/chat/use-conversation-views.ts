import type { ConversationViewContent } from '@sarai/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import type { ViewDesk } from '../../ui/view-desk.ts'
import { useChatDesk } from './chat-desk.ts'
import type { ChatSearch } from './chat-queries.ts'
import { useShowCount } from './use-show-count.ts'
import { toContent, toSearch } from './view-search.ts'

/** The saved lists of conversations, with how many are in each. */
export function useConversationViews(): ViewDesk<ChatSearch, ConversationViewContent> {
  const t = useTranslations('chat')
  const queryClient = useQueryClient()
  const showCount = useShowCount()
  const { can } = useChatDesk()
  const { view } = useTrpc().chat
  const { data } = useQuery(view.list.queryOptions())
  const views = data?.items ?? []
  const { data: counts } = useQuery({ ...view.counts.queryOptions(), enabled: views.length > 0 })
  const countById = new Map(counts?.items.map(({ id, count }) => [id, showCount(count)]))
  const options = { meta: { errors: 'inline' as const } }
  const create = useMutation(view.create.mutationOptions(options))
  const update = useMutation(view.update.mutationOptions(options))
  const remove = useMutation(view.delete.mutationOptions(options))
  const restore = useMutation(view.restore.mutationOptions(options))
  return {
    views,
    countOf: (id) => countById.get(id),
    mayShare: can('chat:configure'),
    words: { all: t('list.allConversations'), keys: t('action.group') },
    toContent,
    toSearch,
    create: (made) => create.mutateAsync(made),
    update: (change) => update.mutateAsync(change),
    remove: (id) => remove.mutateAsync({ id }),
    restore: (id) => restore.mutateAsync({ id }),
    refresh: () => queryClient.invalidateQueries(view.pathFilter()),
  }
}
