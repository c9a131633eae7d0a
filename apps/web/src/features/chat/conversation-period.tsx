import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { FilterChip } from '../../ui/filter-chip.tsx'
import type { ConversationFiltersProps } from './conversation-filters.tsx'

/** What else an address narrows the list by, as the dashboard's numbers do; each can be taken away. */
export function ConversationPeriod({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const format = useFormat()
  const trpc = useTrpc()
  const { moment, from, to, ...withoutPeriod } = search
  const { assignee, ...withoutAssignee } = search
  const profile = useQuery({ ...trpc.tenant.profile.queryOptions(), enabled: moment !== undefined })
  const members = useQuery({ ...trpc.chat.member.list.queryOptions(), enabled: assignee !== undefined })
  const name = members.data?.items.find(({ id }) => id === assignee)?.name
  const days = from && to && profile.data ? format.period({ from, to }, profile.data.timeZone) : '…'
  if (!moment && !assignee) return null
  return (
    <div className="flex flex-wrap gap-1.5 px-3 pb-2">
      {moment ? (
        <FilterChip
          label={t(`during.${moment}`, { days })}
          removeLabel={t('removePeriod')}
          onRemove={() => onSearchChange(withoutPeriod)}
        />
      ) : null}
      {assignee ? (
        <FilterChip
          label={name ? t('assignee', { name }) : t('assigneeGone')}
          removeLabel={t('removeAssignee')}
          onRemove={() => onSearchChange(withoutAssignee)}
        />
      ) : null}
    </div>
  )
}
