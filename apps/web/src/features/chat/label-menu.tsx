import type { Label } from '@sarai/api'
import { CONVERSATION_LABELS_MAX } from '@sarai/api/chat/schema'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuCheckboxItem, MenuLabel } from '../../ui/menu.tsx'
import { ColorDot } from '../../ui/tag-chip.tsx'

export interface LabelMenuProps extends LazyMenuContentProps {
  /** On the conversation; what is not in the list any more is not shown. */
  labelIds: readonly string[]
  onToggle: (label: Label) => void
}

/** Every label with whether the conversation has it; it stays open for a second one. */
export function LabelMenu({ labelIds, onToggle, ...menu }: LabelMenuProps) {
  const t = useTranslations('chat.action')
  const trpc = useTrpc()
  const { data, isError } = useQuery(trpc.label.list.queryOptions())
  const isFull = labelIds.length >= CONVERSATION_LABELS_MAX
  return (
    <AnchoredMenu {...menu}>
      {isError ? <MenuLabel>{t('labelsFailed')}</MenuLabel> : null}
      {data?.items.length === 0 ? <MenuLabel>{t('noLabels')}</MenuLabel> : null}
      {isFull ? <MenuLabel>{t('labelsFull', { count: CONVERSATION_LABELS_MAX })}</MenuLabel> : null}
      {data?.items.map((label) => {
        const isOn = labelIds.includes(label.id)
        return (
          <MenuCheckboxItem
            key={label.id}
            icon={<ColorDot color={label.color} />}
            isChecked={isOn}
            isDisabled={isFull && !isOn}
            onChange={() => onToggle(label)}
          >
            <bdi>{label.name}</bdi>
          </MenuCheckboxItem>
        )
      })}
    </AnchoredMenu>
  )
}
