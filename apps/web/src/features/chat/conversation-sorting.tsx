import ListFilter from 'lucide-react/icons/list-filter'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuRadioGroup, MenuSeparator } from '../../ui/menu.tsx'
import { ColorDot } from '../../ui/tag-chip.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { ConversationFiltersProps } from './conversation-filters.tsx'
import { PRIORITIES_DOWN, PriorityMark } from './priority-mark.tsx'
import { TeamChoice } from './team-choice.tsx'

const ANY = 'any'

/** In which order, with which priority and label. What is chosen stands beside the list as a chip. */
export function ConversationSorting(props: ConversationFiltersProps) {
  const t = useTranslations('chat.list')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tooltip label={t('sorting')}>
        <IconButton
          ref={anchor}
          label={t('sorting')}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <ListFilter aria-hidden />
        </IconButton>
      </Tooltip>
      <SortingMenu {...props} isOpen={isOpen} onOpenChange={setOpen} anchor={anchor} />
    </>
  )
}

function SortingMenu({ search, onSearchChange, ...menu }: ConversationFiltersProps & LazyMenuContentProps) {
  const t = useTranslations('chat')
  const { order, ...withoutOrder } = search
  const { priority, ...withoutPriority } = search
  const { team, ...withoutTeam } = search
  return (
    <AnchoredMenu {...menu} align="end">
      <MenuRadioGroup
        label={t('list.order')}
        value={order ?? 'activity'}
        options={[
          { value: 'activity', label: t('list.byActivity') },
          { value: 'priority', label: t('list.byPriority') },
        ]}
        onChange={(next) => onSearchChange(next === 'priority' ? { ...search, order: next } : withoutOrder)}
      />
      <MenuSeparator />
      <MenuRadioGroup
        label={t('action.priority')}
        value={priority ?? ANY}
        options={[
          { value: ANY, label: t('list.anyPriority') },
          ...PRIORITIES_DOWN.map((value) => ({
            value,
            label: t(`priority.${value}`),
            icon: <PriorityMark priority={value} />,
          })),
        ]}
        onChange={(next) => onSearchChange(next === ANY ? withoutPriority : { ...search, priority: next })}
      />
      <TeamChoice
        teamId={team ?? null}
        noneLabel={t('list.anyTeam')}
        onChoose={(next) => onSearchChange(next === null ? withoutTeam : { ...search, team: next })}
      />
      <LabelChoice search={search} onSearchChange={onSearchChange} />
    </AnchoredMenu>
  )
}

function LabelChoice({ search, onSearchChange }: ConversationFiltersProps) {
  const t = useTranslations('chat')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.label.list.queryOptions())
  const { label, ...withoutLabel } = search
  if (!data || data.items.length === 0) return null
  return (
    <>
      <MenuSeparator />
      <MenuRadioGroup
        label={t('action.label')}
        value={label ?? ANY}
        options={[
          { value: ANY, label: t('list.anyLabel') },
          ...data.items.map(({ id, name, color }) => ({
            value: id,
            label: name,
            icon: <ColorDot color={color} />,
          })),
        ]}
        onChange={(next) => onSearchChange(next === ANY ? withoutLabel : { ...search, label: next })}
      />
    </>
  )
}
