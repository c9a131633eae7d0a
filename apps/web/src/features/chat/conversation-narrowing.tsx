import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { FilterChip } from '../../ui/filter-chip.tsx'
import type { ConversationFiltersProps } from './conversation-filters.tsx'
import { readWeekly } from './weekly-hour.ts'

const HOURS_OF_DAY = 24
const SECOND_MS = 1000

/** What else an address narrows the list by, as the dashboard's numbers do; each can be taken away. */
export function ConversationNarrowing(props: ConversationFiltersProps) {
  const { moment, longer, weekly, assignee, team, label, priority } = props.search
  if (!moment && !assignee && !team && !label && !priority) return null
  return (
    <div className="flex flex-wrap gap-1.5 px-3 pb-2">
      {moment ? <PeriodChip {...props} /> : null}
      {weekly ? <WeeklyChip {...props} weekly={weekly} /> : null}
      {longer === undefined ? null : <LongerChip {...props} />}
      {assignee ? <AssigneeChip {...props} /> : null}
      {team ? <TeamChip {...props} /> : null}
      {priority ? <PriorityChip {...props} /> : null}
      {label ? <LabelChip {...props} /> : null}
    </div>
  )
}

function PeriodChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const format = useFormat()
  const trpc = useTrpc()
  const { moment = 'active', from, to, longer: _longer, weekly: _weekly, ...withoutPeriod } = search
  const profile = useQuery(trpc.tenant.profile.queryOptions())
  const days = from && to && profile.data ? format.period({ from, to }, profile.data.timeZone) : '…'
  return (
    <FilterChip
      label={t(`during.${moment}`, { days })}
      removeLabel={t('removePeriod')}
      onRemove={() => onSearchChange(withoutPeriod)}
    />
  )
}

function WeeklyChip({
  weekly,
  search: { weekly: _, ...withoutWeekly },
  onSearchChange,
}: ConversationFiltersProps & { weekly: string }) {
  const t = useTranslations('chat.list')
  const format = useFormat()
  const trpc = useTrpc()
  const profile = useQuery(trpc.tenant.profile.queryOptions())
  const { weekday, hour, timeZone } = readWeekly(weekly)
  const label = t('weekly', {
    day: format.weekday(weekday, 'long'),
    from: format.hour(hour),
    to: format.hour((hour + 1) % HOURS_OF_DAY),
  })
  const isElsewhere = profile.data !== undefined && profile.data.timeZone !== timeZone
  return (
    <FilterChip
      label={isElsewhere ? `${label} (${timeZone.replaceAll('_', ' ')})` : label}
      removeLabel={t('removeWeekly')}
      onRemove={() => onSearchChange(withoutWeekly)}
    />
  )
}

function LongerChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const format = useFormat()
  const { longer = 0, ...withoutLonger } = search
  return (
    <FilterChip
      label={t('longer', { duration: format.duration(longer * SECOND_MS) })}
      removeLabel={t('removeLonger')}
      onRemove={() => onSearchChange(withoutLonger)}
    />
  )
}

function AssigneeChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const trpc = useTrpc()
  const { assignee, ...withoutAssignee } = search
  const members = useQuery(trpc.chat.member.list.queryOptions())
  const name = members.data?.items.find(({ id }) => id === assignee)?.name
  return (
    <FilterChip
      label={name ? t('assignee', { name }) : t('assigneeGone')}
      removeLabel={t('removeAssignee')}
      onRemove={() => onSearchChange(withoutAssignee)}
    />
  )
}

function TeamChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const trpc = useTrpc()
  const { team, ...withoutTeam } = search
  const teams = useQuery(trpc.team.list.queryOptions())
  const name = teams.data?.items.find(({ id }) => id === team)?.name
  return (
    <FilterChip
      label={name ?? (teams.data ? t('teamGone') : '…')}
      removeLabel={t('anyTeam')}
      onRemove={() => onSearchChange(withoutTeam)}
    />
  )
}

function PriorityChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat')
  const { priority = 'none', ...withoutPriority } = search
  return (
    <FilterChip
      label={t('action.priorityIs', { priority: t(`priority.${priority}`) })}
      removeLabel={t('list.anyPriority')}
      onRemove={() => onSearchChange(withoutPriority)}
    />
  )
}

function LabelChip({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const trpc = useTrpc()
  const { label, ...withoutLabel } = search
  const labels = useQuery(trpc.label.list.queryOptions())
  const name = labels.data?.items.find(({ id }) => id === label)?.name
  return (
    <FilterChip
      label={name ?? (labels.data ? t('labelGone') : '…')}
      removeLabel={t('anyLabel')}
      onRemove={() => onSearchChange(withoutLabel)}
    />
  )
}
